using System.Collections.Concurrent;

namespace Billing.Rating.Engine;

/// <summary>
/// A civil clock as a table: one entry a day from 2000 to 2099 with the offset from UTC, so that local time costs an array read
/// and no rule is evaluated per call. Outside those years the rules are asked. Shared by all tariffs of a zone; thread safe.
/// </summary>
public sealed class ZoneClock
{
    internal const int SecondsADay = 86_400;

    private const long FirstDay = 10_957;                   // 2000-01-01 in days since 1970
    private const long FirstSecond = FirstDay * SecondsADay;
    private const int DayCount = 36_525;                    // to 2099-12-31
    private const int ChangeMark = 1_000_000;               // offsets are far smaller; above it stands an index into the changes

    private static readonly ConcurrentDictionary<string, ZoneClock> clocks = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo zone;
    private readonly int[] days = new int[DayCount];
    private readonly List<Change> changes = [];

    private ZoneClock(TimeZoneInfo zone)
    {
        this.zone = zone;
        var before = OffsetByRules(FirstSecond);
        for (var day = 0; day < DayCount; day++)
        {
            var start = FirstSecond + (long)day * SecondsADay;
            var after = OffsetByRules(start + SecondsADay);
            days[day] = before == after ? before : ChangeMark + changes.Count;
            if (before != after) changes.Add(new Change(FindChange(start, start + SecondsADay, before), before, after));
            before = after;
        }
    }

    /// <summary>The clock of a zone; made once.</summary>
    public static ZoneClock For(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return clocks.GetOrAdd(zone.Id, static (_, z) => new ZoneClock(z), zone);
    }

    /// <summary>Seconds to add to UTC to get what the clock shows at an instant.</summary>
    /// <param name="unixSeconds">Whole seconds since 1970 in UTC.</param>
    public int OffsetSecondsAt(long unixSeconds)
    {
        var day = (ulong)(unixSeconds - FirstSecond) / SecondsADay;
        if (unixSeconds < FirstSecond || day >= DayCount) return OffsetByRules(unixSeconds);
        var offset = days[day];
        if (offset < ChangeMark) return offset;
        var change = changes[offset - ChangeMark];
        return unixSeconds < change.AtSecond ? change.Before : change.After;
    }

    /// <summary>Seconds from an instant to the next moment at which the offset may differ; at most a day.</summary>
    internal int SecondsOfSameOffset(long unixSeconds)
    {
        var day = (ulong)(unixSeconds - FirstSecond) / SecondsADay;
        if (unixSeconds < FirstSecond || day >= DayCount) return 1;
        var untilMidnight = SecondsADay - (int)((ulong)(unixSeconds - FirstSecond) % SecondsADay);
        if (days[day] < ChangeMark) return untilMidnight;
        var untilChange = changes[days[day] - ChangeMark].AtSecond - unixSeconds;
        return untilChange > 0 ? (int)untilChange : untilMidnight;
    }

    /// <summary>What instants a reading of this clock can mean.</summary>
    /// <param name="local">Date and time without zone; its <see cref="DateTime.Kind"/> is ignored.</param>
    public LocalInstants InstantsOf(DateTime local)
    {
        // A day to either side is past any change that could matter, and no zone changes twice in two days.
        var wall = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.Zero);
        var seconds = wall.ToUnixTimeSeconds();
        var before = OffsetSecondsAt(seconds - SecondsADay);
        var after = OffsetSecondsAt(seconds + SecondsADay);
        var isBefore = OffsetSecondsAt(seconds - before) == before;
        var isAfter = OffsetSecondsAt(seconds - after) == after;

        // In a gap, the old offset tells where the hands would have been had nobody moved them.
        var earlier = wall.AddSeconds(-(isBefore || !isAfter ? before : after));
        var later = wall.AddSeconds(-(isAfter ? after : before));
        return new LocalInstants((isBefore, isAfter) switch
        {
            (false, false) => 0,
            (true, true) when before != after => 2,
            _ => 1,
        }, earlier, later);
    }

    /// <summary>The first instant of a civil day, as seconds since 1970; where midnight is left out, the first one after it.</summary>
    internal long StartOf(DateOnly day) => InstantsOf(day.ToDateTime(TimeOnly.MinValue)).Earlier.ToUnixTimeSeconds();

    private static DateTimeOffset InUtc(DateTime reading, TimeSpan offset) => new DateTimeOffset(reading, TimeSpan.Zero) - offset;

    private int OffsetByRules(long unixSeconds) => (int)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(unixSeconds)).TotalSeconds;

    private long FindChange(long low, long high, int before)
    {
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (OffsetByRules(middle) == before) low = middle;
            else high = middle;
        }
        return high;
    }

    private readonly record struct Change(long AtSecond, int Before, int After);
}
