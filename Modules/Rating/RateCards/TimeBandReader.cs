using System.Globalization;
using System.Text.Json;

namespace Billing.Rating.RateCards;

/// <summary>Reads time bands and holds them to <see cref="WeekCoverage"/>.</summary>
static class TimeBandReader
{
    public const int MostBands = 100;

    /// <summary>What the only band is called when a document names none.</summary>
    public const string OnlyBandName = "any time";

    private static readonly string[] bandMembers = ["name", "when"];
    private static readonly string[] windowMembers = ["days", "from", "to"];

    public static IReadOnlyList<TimeBand> OnlyBand { get; } =
        [new TimeBand(OnlyBandName, [new BandWindow(BandDays.Week | BandDays.Holiday, 0, WeekCoverage.MinutesADay)])];

    public static IReadOnlyList<TimeBand> Read(JsonObjectReader document, bool hasHolidays, TariffErrors errors)
    {
        if (!document.TryGet("timeBands", out _)) return OnlyBand;
        var elements = document.List("timeBands");
        var bands = new List<TimeBand>();
        var areWellFormed = elements.Length is > 0 and <= MostBands;
        if (!areWellFormed)
            document.Refuse("tariff.bad-bands", "timeBands", $"There are {elements.Length} time bands; write 1 to {MostBands}, or leave the member out for one price at any time.");

        for (var i = 0; i < elements.Length && i < MostBands; i++)
        {
            if (ReadBand(elements[i], i, errors) is not { } band) areWellFormed = false;
            else if (bands.Any(other => string.Equals(other.Name, band.Name, StringComparison.OrdinalIgnoreCase)))
            {
                errors.Add("tariff.duplicate-band", $"$.timeBands[{i}].name", $"'{band.Name}' is the name of an earlier band. Put its windows there, or choose another name.");
                areWellFormed = false;
            }
            else bands.Add(band);
        }

        // Coverage of bands that could not all be read would only repeat what is already reported.
        if (areWellFormed) WeekCoverage.Check(bands, hasHolidays, errors);
        return bands;
    }

    private static TimeBand? ReadBand(JsonElement element, int index, TariffErrors errors)
    {
        if (!JsonObjectReader.TryOpen(element, "$.timeBands", index, "a time band", bandMembers, errors, out var reader)) return null;
        var name = reader.Text("name", isRequired: true);
        var windows = new List<BandWindow?>();
        var elements = reader.List("when");
        if (elements.Length == 0) reader.Refuse("tariff.missing-member", "when", "'when' is missing or empty: the band is never in force.");
        for (var i = 0; i < elements.Length; i++) windows.Add(ReadWindow(elements[i], $"$.timeBands[{index}].when", i, errors));
        return name is null || windows.Count == 0 || windows.Contains(null) ? null : new TimeBand(name, windows!);
    }

    private static BandWindow? ReadWindow(JsonElement element, string path, int index, TariffErrors errors)
    {
        if (!JsonObjectReader.TryOpen(element, path, index, "a window of a time band", windowMembers, errors, out var reader)) return null;
        var days = ReadDays(reader, errors);
        var from = ReadClock(reader, "from");
        var to = ReadClock(reader, "to");
        if (from is not { } start || to is not { } end || days == BandDays.None) return null;
        if (start < end) return new BandWindow(days, start, end);
        reader.Refuse("tariff.bad-window", "to",
            $"The window ends ({WeekCoverage.Clock(end)}) before it starts ({WeekCoverage.Clock(start)}). Over midnight, write two windows: one to 24:00 and one from 00:00.");
        return null;
    }

    private static BandDays ReadDays(JsonObjectReader reader, TariffErrors errors)
    {
        var days = BandDays.None;
        var elements = reader.List("days");
        if (elements.Length == 0) reader.Refuse("tariff.missing-member", "days", $"'days' is missing or empty. Name at least one of: {string.Join(", ", WeekCoverage.DayNames)}.");
        for (var i = 0; i < elements.Length; i++)
        {
            var name = elements[i].ValueKind == JsonValueKind.String ? elements[i].GetString()! : JsonObjectReader.KindOf(elements[i]);
            var position = WeekCoverage.DayNames.IndexOf(name);
            if (position >= 0) days |= (BandDays)(1 << position);
            else errors.Add("tariff.unknown-word", $"{reader.At("days")}[{i}]", $"'{name}' is not one of: {string.Join(", ", WeekCoverage.DayNames)}.");
        }
        return days;
    }

    private static int? ReadClock(JsonObjectReader reader, string member)
    {
        if (reader.Text(member, isRequired: true) is not { } text) return null;
        if (text == "24:00" && member == "to") return WeekCoverage.MinutesADay;
        if (text.Length == 5 && TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
            return clock.Hour * 60 + clock.Minute;
        reader.Refuse("tariff.bad-clock", member, $"'{text}' is not a time of day. Write 08:00 to 23:59 with two digits each; a window that lasts to midnight ends at 24:00.");
        return null;
    }

    private static int IndexOf(this IReadOnlyList<string> list, string text)
    {
        for (var i = 0; i < list.Count; i++)
            if (string.Equals(list[i], text, StringComparison.Ordinal)) return i;
        return -1;
    }
}
