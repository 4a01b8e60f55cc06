using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>The parts of a document that hold for all its rates.</summary>
static class TariffFrameReader
{
    private static readonly string[] roundingMembers = ["mode", "unit", "level"];
    private static readonly string[] holidayMembers = ["name", "dates"];
    private static readonly string[] markupMembers = ["percent"];

    private static readonly string[] costRuleMembers = ["zero", "credit"];
    private static readonly string[] accessMembers = ["perMinute", "interval"];
    private static readonly string[] intervalMembers = ["first", "next"];
    private static readonly string[] dataMembers = ["megabyte", "roundUpTo"];
    private static readonly string[] consumerMembers = ["vatPercent"];
    private static readonly string[] baseMembers = ["code", "version"];

    public static Currency? Currency(JsonObjectReader document)
    {
        if (document.Text("currency", isRequired: true) is not { } code) return null;
        if (Abstractions.Values.Currency.Parse(code).TryGet(out var currency, out var failure)) return currency;
        document.Refuse("tariff.bad-currency", "currency", failure.Message);
        return null;
    }

    public static TimeZoneInfo? TimeZone(JsonObjectReader document)
    {
        if (document.Text("timeZone", isRequired: true) is not { } id) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) return zone;
        document.Refuse("tariff.unknown-time-zone", "timeZone", $"'{id}' is not a time zone this machine knows. Write an IANA name such as Europe/London.");
        return null;
    }

    public static TariffRounding? Rounding(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("rounding", out var element))
        {
            document.Refuse("tariff.missing-member", "rounding",
                "'rounding' is missing. It is never assumed: write { \"mode\": \"up\", \"unit\": \"0.0001\", \"level\": \"call\" } or what the contract says.");
            return null;
        }
        if (!JsonObjectReader.TryOpen(element, "$.rounding", -1, "rounding", roundingMembers, errors, out var reader)) return null;

        Rounding? mode = reader.Text("mode", isRequired: true) switch
        {
            "up" => Abstractions.Values.Rounding.Up,
            "down" => Abstractions.Values.Rounding.Down,
            "half-up" => Abstractions.Values.Rounding.HalfUp,
            "half-even" => Abstractions.Values.Rounding.HalfEven,
            null => null,
            var other => Refuse<Rounding>(reader, "mode", other, "up, down, half-up, half-even"),
        };
        RoundingLevel? level = reader.Text("level", isRequired: true) switch
        {
            "call" => RoundingLevel.Call,
            "line" => RoundingLevel.Line,
            null => null,
            var other => Refuse<RoundingLevel>(reader, "level", other, "call, line"),
        };
        if (!reader.TryGet("unit", out _)) reader.Refuse("tariff.missing-member", "unit", "'unit' is missing. \"0.01\" rounds to whole pennies.");
        var unit = reader.Price("unit");
        if (unit == 0) reader.Refuse("tariff.bad-unit", "unit", "The unit is zero, and nothing is a multiple of zero. \"0.01\" rounds to whole pennies.");
        return mode is { } m && level is { } l && unit is > 0 ? new TariffRounding(m, unit.Value, l) : null;
    }

    public static BandPricing BandPricing(JsonObjectReader document, int bandCount)
    {
        switch (document.Text("bandPricing"))
        {
            case "at-start": return RateCards.BandPricing.AtStart;
            case "split": return RateCards.BandPricing.Split;
            case null when bandCount <= 1: return RateCards.BandPricing.AtStart;
            case null:
                document.Refuse("tariff.missing-member", "bandPricing",
                    "'bandPricing' is missing. Say what prices a call over a boundary: \"at-start\" (the band of its start, all of it) or \"split\" (each second in its own).");
                return default;
            case var other:
                Refuse<BandPricing>(document, "bandPricing", other, "at-start, split");
                return default;
        }
    }

    public static HolidayCalendar? Holidays(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("holidays", out var element)) return null;
        if (!JsonObjectReader.TryOpen(element, "$.holidays", -1, "holidays", holidayMembers, errors, out var reader)) return null;
        var dates = new List<DateOnly>();
        var list = reader.List("dates");
        for (var i = 0; i < list.Length; i++)
        {
            var place = $"$.holidays.dates[{i}]";
            if (list[i].ValueKind != System.Text.Json.JsonValueKind.String)
                errors.Add("tariff.bad-date", place, "A holiday is a date in quotes: \"2026-12-25\".");
            else if (reader.DateOf(list[i].GetString()!, place) is { } date)
            {
                if (dates.Contains(date)) errors.Add("tariff.duplicate-holiday", place, $"{date:yyyy-MM-dd} is there twice. Remove one.");
                else dates.Add(date);
            }
        }
        dates.Sort();
        return new HolidayCalendar(reader.Text("name"), dates);
    }

    public static CostMarkup? CostMarkup(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("costMarkup", out var element)) return null;
        if (!JsonObjectReader.TryOpen(element, "$.costMarkup", -1, "costMarkup", markupMembers, errors, out var reader)) return null;
        if (!reader.TryGet("percent", out _)) reader.Refuse("tariff.missing-member", "percent", "'percent' is missing. \"15\" adds 15 % to the carrier's cost.");
        var percent = reader.Price("percent");
        if (percent > RateCards.CostMarkup.HighestPercent) reader.Refuse("tariff.bad-percent", "percent", $"{percent} % is more than {RateCards.CostMarkup.HighestPercent} %: is it a typing error?");
        return percent is { } value ? new CostMarkup(value) : null;
    }

    public static CostRules CostRules(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("costRules", out var element)) return RateCards.CostRules.Usual;
        if (!JsonObjectReader.TryOpen(element, "$.costRules", -1, "costRules", costRuleMembers, errors, out var reader)) return RateCards.CostRules.Usual;
        var zero = reader.Text("zero") switch
        {
            "free" or null => false,
            "error" => true,
            var other => Refuse<bool>(reader, "zero", other, "free, error") ?? false,
        };
        var credit = reader.Text("credit") switch
        {
            "with-markup" or null => true,
            "as-given" => false,
            var other => Refuse<bool>(reader, "credit", other, "with-markup, as-given") ?? false,
        };
        return new CostRules(zero, credit);
    }

    public static AccessCharge? AccessCharge(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("accessCharge", out var element)) return null;
        if (!JsonObjectReader.TryOpen(element, "$.accessCharge", -1, "accessCharge", accessMembers, errors, out var reader)) return null;
        Require(reader, accessMembers, "An access charge is { \"perMinute\": \"0.12\", \"interval\": { \"first\": 60, \"next\": 1 } }: one figure, at any time.");
        var price = reader.Price("perMinute");
        if (!reader.TryGet("interval", out var steps) || !JsonObjectReader.TryOpen(steps, "$.accessCharge.interval", -1, "an interval", intervalMembers, errors, out var interval)) return null;
        Require(interval, intervalMembers, "An interval has both: { \"first\": 60, \"next\": 1 }.");
        var first = interval.Seconds("first", 1, TariffReader.LongestIntervalSeconds);
        var next = interval.Seconds("next", 1, TariffReader.LongestIntervalSeconds);
        return price is { } p && first is { } f && next is { } n ? new AccessCharge(p, f, n) : null;
    }

    public static DataUnit? Data(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("data", out var element)) return null;
        if (!JsonObjectReader.TryOpen(element, "$.data", -1, "data", dataMembers, errors, out var reader)) return null;
        Require(reader, dataMembers, "Both are said: { \"megabyte\": 1048576, \"roundUpTo\": 1024 }.");
        var megabyte = reader.Whole("megabyte", 1, 1 << 30, "bytes");
        if (megabyte is { } bytes && bytes is not (1_000_000 or 1_048_576))
        {
            reader.Refuse("tariff.bad-megabyte", "megabyte", $"A megabyte is 1000000 or 1048576 bytes, not {bytes}. Write which of the two the contract means.");
            megabyte = null;
        }
        var unit = reader.Whole("roundUpTo", 1, 1 << 30, "bytes");
        return megabyte is { } m && unit is { } u ? new DataUnit(m, u) : null;
    }

    public static ConsumerTerms? Consumers(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("consumers", out var element)) return null;
        if (!JsonObjectReader.TryOpen(element, "$.consumers", -1, "consumers", consumerMembers, errors, out var reader)) return null;
        Require(reader, consumerMembers, "The limits for consumers are said with VAT and the prices without: write the rate, \"20\".");
        var percent = reader.Price("vatPercent");
        if (percent > 100) reader.Refuse("tariff.bad-percent", "vatPercent", $"{percent} % is no VAT rate.");
        return percent is { } p and <= 100 ? new ConsumerTerms(p) : null;
    }

    public static TariffBase? ResolvedFrom(JsonObjectReader document, TariffErrors errors)
    {
        if (!document.TryGet("resolvedFrom", out var element)) return null;
        if (!JsonObjectReader.TryOpen(element, "$.resolvedFrom", -1, "resolvedFrom", baseMembers, errors, out var reader)) return null;
        var code = reader.Text("code", isRequired: true);
        if (!reader.TryGet("version", out _)) reader.Refuse("tariff.missing-member", "version", "'version' is missing.");
        var version = reader.Whole("version", 1, int.MaxValue, "versions");
        return code is not null && version is { } v ? new TariffBase(code, v) : null;
    }

    private static void Require(JsonObjectReader reader, string[] members, string hint)
    {
        foreach (var member in members)
            if (!reader.TryGet(member, out _)) reader.Refuse("tariff.missing-member", member, $"'{member}' is missing. {hint}");
    }

    private static T? Refuse<T>(JsonObjectReader reader, string member, string value, string known) where T : struct
    {
        reader.Refuse("tariff.unknown-word", member, $"'{value}' is not one of: {known}.");
        return null;
    }
}
