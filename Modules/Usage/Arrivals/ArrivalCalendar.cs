using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Abstractions.Values;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Arrivals;

/// <summary>What a plan expects beside what came: computed from the clock and the register each time, so that it can't be out of date.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Slots">Hours, days or months, the latest first.</param>
/// <param name="Gaps">Numbers that are missing between files, where their names have numbers.</param>
public sealed record ArrivalCalendar(ArrivalPlan Plan, IReadOnlyList<ArrivalSlot> Slots, IReadOnlyList<NumberGap> Gaps)
{
    /// <summary>Looked back so far: two weeks of hours, two months of days, two years of months.</summary>
    internal static readonly IReadOnlyDictionary<ArrivalEvery, int> DaysBack = new Dictionary<ArrivalEvery, int> { [ArrivalEvery.Hourly] = 14, [ArrivalEvery.Daily] = 62, [ArrivalEvery.Monthly] = 730 };

    private const int MostGaps = 200;

    /// <summary>Those that are due and not here.</summary>
    public IEnumerable<ArrivalSlot> Late => Slots.Where(slot => slot.State == ArrivalState.Late);

    /// <summary>Puts a plan and what came beside each other.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="files">What came from any carrier.</param>
    /// <param name="excuses">Slots of which somebody said that nothing will come.</param>
    /// <param name="now">Now.</param>
    public static ArrivalCalendar Of(ArrivalPlan plan, Tenant tenant, IEnumerable<ArrivedFile> files, IReadOnlyDictionary<DateTimeOffset, (string By, string Why)> excuses, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(excuses);
        var terms = plan.Terms;
        var names = terms.NamePattern is null ? null : terms.Matcher().TryGet(out var matcher, out _) ? matcher : null;
        var mine = files.Where(file => file.Carrier == terms.Carrier).Select(file => (File: file, Match: names?.Match(PlainName(file.Name)))).Where(one => one.Match is not { Success: false }).ToList();

        var spans = Spans(terms, tenant, now);
        var came = spans.ToDictionary(span => span.Start, _ => new List<ArrivedFile>());
        foreach (var (file, match) in mine)
            foreach (var span in Covered(terms, tenant, spans, file, match)) came[span.Start].Add(file);

        var slots = spans.Select(span =>
        {
            var (start, end) = span;
            var dueAt = end.AddMinutes(terms.DueMinutes);
            var here = came[start].OrderBy(file => file.At).ThenBy(file => file.Name, StringComparer.Ordinal).ToList();
            var excuse = excuses.TryGetValue(start, out var said) ? said : default;
            var state = here.Count > 0 ? here[0].At <= dueAt ? ArrivalState.Arrived : ArrivalState.ArrivedLate
                : excuse.By is not null ? ArrivalState.Excused
                : now > dueAt ? ArrivalState.Late : ArrivalState.Expected;
            return new ArrivalSlot(start, dueAt, state, here, excuse.By, excuse.Why);
        }).Reverse().ToList();
        return new ArrivalCalendar(plan, slots, GapsOf(mine.Select(one => one.Match)));
    }

    // Hours, days or months that have begun, from the first that is expected, as far as we look back.
    private static List<(DateTimeOffset Start, DateTimeOffset End)> Spans(ArrivalTerms terms, Tenant tenant, DateTimeOffset now)
    {
        var spans = new List<(DateTimeOffset, DateTimeOffset)>();
        var first = tenant.DayOf(now).AddDays(-DaysBack[terms.Every]);
        if (terms.FromOn > first) first = terms.FromOn;
        if (terms.Every == ArrivalEvery.Monthly) first = new DateOnly(first.Year, first.Month, 1);
        if (terms.Every == ArrivalEvery.Hourly)
        {
            for (var start = tenant.StartOf(first); start <= now; start = start.AddHours(1)) spans.Add((start, start.AddHours(1)));
            return spans;
        }
        for (var day = first; tenant.StartOf(day) <= now;)
        {
            var next = terms.Every == ArrivalEvery.Daily ? day.AddDays(1) : day.AddMonths(1);
            spans.Add((tenant.StartOf(day), tenant.StartOf(next)));
            day = next;
        }
        return spans;
    }

    // By the date in its name; else by the days it says it covers; else it is for the last hour, day or month that was over when it came.
    private static IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Covered(
        ArrivalTerms terms, Tenant tenant, List<(DateTimeOffset Start, DateTimeOffset End)> spans, ArrivedFile file, Match? match)
    {
        if (terms.DateForm is { } form && match is not null)
        {
            if (!DateTime.TryParseExact(match.Groups["date"].Value, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var written)) return [];
            var at = terms.Every == ArrivalEvery.Hourly ? Instant(tenant, written) : tenant.StartOf(DateOnly.FromDateTime(written));
            return spans.Where(span => span.Start <= at && at < span.End);
        }
        if (file.Period is { To: { } to } period && terms.Every != ArrivalEvery.Hourly)
        {
            var (from, until) = (tenant.StartOf(period.From), tenant.StartOf(to));
            return spans.Where(span => span.Start < until && from < span.End);
        }
        return spans.Where(span => span.End <= file.At).TakeLast(1);
    }

    private static DateTimeOffset Instant(Tenant tenant, DateTime written)
    {
        // An hour that a clock change skips is the one after it.
        while (tenant.TimeZone.IsInvalidTime(written)) written = written.AddMinutes(15);
        return new DateTimeOffset(written, tenant.TimeZone.GetUtcOffset(written)).ToUniversalTime();
    }

    private static List<NumberGap> GapsOf(IEnumerable<Match?> matches)
    {
        var numbers = matches.Select(match => match?.Groups["number"].Value is { Length: > 0 } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0).Distinct().Order().ToList();
        return [.. numbers.Zip(numbers.Skip(1)).Where(pair => pair.Second > pair.First + 1).Select(pair => new NumberGap(pair.First + 1, pair.Second - 1)).TakeLast(MostGaps)];
    }

    private static string PlainName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
