using System.Collections.Concurrent;
using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>
/// Turns the times of one time base into instants. A zone's offsets are looked up once per year and kept, because asking the zone for every call costs
/// more than parsing the call. Safe on several threads; allocates nothing per call.
/// </summary>
public sealed class CdrTimeResolver
{
    private const int FirstYear = 1970;

    private static readonly ConcurrentDictionary<string, CdrTimeResolver> ByZone = new();

    private readonly TimeZoneInfo zone;
    private readonly Change[]?[] years = new Change[]?[230];

    private CdrTimeResolver(TimeZoneInfo zone) => this.zone = zone;

    /// <summary>The resolver of a time base; the same object every time.</summary>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the zone.</exception>
    public static CdrTimeResolver For(CdrTimeBase timeBase)
    {
        ArgumentNullException.ThrowIfNull(timeBase);
        return ByZone.GetOrAdd(timeBase.Zone ?? "UTC", static name => new CdrTimeResolver(TimeZoneInfo.FindSystemTimeZoneById(name)));
    }

    /// <summary>
    /// The start of a call: its own, or its end less its duration. The subtraction is done between instants: between clock readings it would be an hour
    /// off over a clock change.
    /// </summary>
    public CdrInstant Resolve(CdrTime startedAt, CdrTime endedAt, int durationSeconds)
    {
        if (!startedAt.IsUnset) return Resolve(startedAt);
        var end = Resolve(endedAt);
        return end.IsUnset ? end : end with { Instant = end.Instant.AddSeconds(-durationSeconds) };
    }

    /// <summary>
    /// The instant of a clock reading: by the offset in the file where there is one, else by the zone. Of an hour that the clocks repeat the earlier
    /// instant is taken, and a time in an hour that they skip is moved forward by what was skipped; both are marked.
    /// </summary>
    public CdrInstant Resolve(CdrTime time)
    {
        if (time.IsUnset) return default;
        var clock = time.Clock.Ticks;
        if (time.Offset is { } offset) return At(clock - offset.Ticks, CdrTimeDoubt.None);

        var changes = ChangesOf(time.Clock.Year);
        var current = changes[0].Before;
        foreach (ref readonly var change in changes.AsSpan())
        {
            if (clock < change.From) break;
            // Inside the change both cases come out at the offset before it: the earlier of two instants, or the time shifted by the gap.
            if (clock < change.To) return At(clock - change.Before, change.After < change.Before ? CdrTimeDoubt.Repeated : CdrTimeDoubt.Skipped);
            current = change.After;
        }
        return At(clock - current, CdrTimeDoubt.None);
    }

    private static CdrInstant At(long ticks, CdrTimeDoubt doubt) =>
        new(new DateTimeOffset(Math.Clamp(ticks, 1, DateTime.MaxValue.Ticks), TimeSpan.Zero), doubt);

    private Change[] ChangesOf(int year)
    {
        var index = Math.Clamp(year - FirstYear, 0, years.Length - 1);
        // Two threads that come first at once build equal tables; either may stay.
        return Volatile.Read(ref years[index]) ?? (years[index] = Build(FirstYear + index));
    }

    private Change[] Build(int year)
    {
        var changes = new List<Change>();
        // A day more at each end: the year begins at another instant in each zone.
        var day = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(-2);
        var end = new DateTime(year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(2);
        var before = zone.GetUtcOffset(day);
        changes.Add(new Change(long.MinValue, long.MinValue, before.Ticks, before.Ticks));
        for (; day < end; day = day.AddDays(1))
        {
            var after = zone.GetUtcOffset(day.AddDays(1));
            if (after == before) continue;
            // Somewhere in this day the offset changes: halve it until the second is found.
            var (low, high) = (0, 86_400);
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                if (zone.GetUtcOffset(day.AddSeconds(middle)) == before) low = middle;
                else high = middle;
            }
            var at = day.AddSeconds(high).Ticks;
            changes.Add(new Change(at + Math.Min(before.Ticks, after.Ticks), at + Math.Max(before.Ticks, after.Ticks), before.Ticks, after.Ticks));
            before = after;
        }
        return [.. changes];
    }

    /// <summary>One clock change, in ticks. Readings from <c>From</c> up to <c>To</c> are the ones that are shown twice or never.</summary>
    private readonly record struct Change(long From, long To, long Before, long After);
}
