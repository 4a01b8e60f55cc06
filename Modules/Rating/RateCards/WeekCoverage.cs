using System.Globalization;

namespace Billing.Rating.RateCards;

/// <summary>Holds the rule that time bands cover every minute of the week exactly once; names both neighbours of what does not.</summary>
static class WeekCoverage
{
    public const int MinutesADay = 1440;

    /// <summary>The days in the order of their flags, Monday first and "holiday" last.</summary>
    public static IReadOnlyList<string> DayNames { get; } = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"];

    /// <summary>Reports gaps and overlaps; the same one on several days is one error.</summary>
    /// <param name="hasHolidays">The tariff has a holiday calendar, so the day "holiday" must be covered too.</param>
    public static void Check(IReadOnlyList<TimeBand> bands, bool hasHolidays, TariffErrors errors)
    {
        var faults = new List<(string Code, string Message, int Day)>();
        var holidayIsUsed = bands.Any(band => band.When.Any(window => window.Days.HasFlag(BandDays.Holiday)));
        for (var day = 0; day < DayNames.Count; day++)
            if (day < 7 || hasHolidays || holidayIsUsed)
                CheckDay(bands, day, faults);

        foreach (var fault in faults.GroupBy(fault => (fault.Code, fault.Message)))
        {
            var days = string.Join(", ", fault.Select(f => DayNames[f.Day]).Distinct());
            errors.Add(fault.Key.Code, "$.timeBands", $"{days}: {fault.Key.Message}");
        }
    }

    private static void CheckDay(IReadOnlyList<TimeBand> bands, int day, List<(string, string, int)> faults)
    {
        var windows = bands
            .SelectMany((band, b) => band.When.Select((window, w) => (band.Name, Window: window, Place: $"$.timeBands[{b}].when[{w}]")))
            .Where(pair => ((int)pair.Window.Days >> day & 1) == 1)
            .OrderBy(pair => pair.Window.FromMinute)
            .ThenBy(pair => pair.Window.ToMinute)
            .ToList();

        var reached = 0;
        var (last, lastPlace) = ("midnight", "");
        foreach (var (name, window, place) in windows)
        {
            if (window.FromMinute > reached) faults.Add(("tariff.band-gap", Gap(reached, window.FromMinute, last + lastPlace, $"'{name}' at {place}"), day));
            if (window.FromMinute < reached)
            {
                var to = Math.Min(reached, window.ToMinute);
                faults.Add(("tariff.band-overlap",
                    $"{Clock(window.FromMinute)}-{Clock(to)} belongs to both {last} and '{name}'. Every minute belongs to one band: look{lastPlace} and at {place}.", day));
            }
            if (window.ToMinute <= reached) continue;
            reached = window.ToMinute;
            (last, lastPlace) = ($"'{name}'", $" at {place}");
        }
        if (reached < MinutesADay) faults.Add(("tariff.band-gap", Gap(reached, MinutesADay, last + lastPlace, "midnight"), day));
    }

    private static string Gap(int from, int to, string before, string after) =>
        $"{Clock(from)}-{Clock(to)} belongs to no band; it lies between {before} and {after}. The end of a window is not part of it: 08:00 to 18:00 ends with 17:59:59.";

    /// <summary>Minutes of the day as a clock shows them, 24:00 for the end.</summary>
    public static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}
