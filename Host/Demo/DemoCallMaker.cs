using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>Dices ordinary calls: office hours, few on weekends, mostly short, some long.</summary>
sealed class DemoCallMaker
{
    // Calls at each hour of the day, against the others.
    private static readonly int[] OfficeDay = [1, 1, 1, 1, 1, 2, 6, 22, 70, 105, 112, 108, 84, 92, 104, 98, 84, 52, 22, 12, 8, 5, 3, 2];
    private static readonly int[] Weekend = [2, 1, 1, 1, 1, 2, 5, 12, 30, 55, 66, 62, 50, 42, 38, 34, 30, 26, 20, 16, 12, 8, 5, 3];
    private static readonly int[] ByWeekday = [9, 100, 104, 102, 98, 88, 24];

    // Durations are spread like a logarithmic normal distribution: per thousand calls, seconds not passed. Between two points the spread is even.
    private static readonly (int PerThousand, int Seconds)[] Durations =
        [(0, 1), (60, 3), (120, 6), (250, 13), (400, 27), (500, 42), (650, 84), (750, 137), (850, 240), (920, 420), (965, 780), (988, 1500), (997, 2700), (1000, 5400)];

    private readonly DemoRandom random;
    private readonly IReadOnlyList<DateOnly> days = [.. Enumerable.Range(0, DemoMonth.Days.Days).Select(i => DemoMonth.First.AddDays(i))];
    private readonly DemoDestination[] anywhere = [.. DemoDestinations.All.Where(d => d.Weight > 0)];
    private readonly int[] dialled, onTrunk;
    private int uniqueIds;

    public DemoCallMaker(DemoRandom random)
    {
        this.random = random;
        dialled = [.. anywhere.Select(d => d.Weight)];
        onTrunk = [.. anywhere.Select(d => d.IsShortCode ? 0 : d.Weight)];
    }

    /// <summary>A call at some time of the month at which the service is in use.</summary>
    public DemoCall Ordinary(DemoAccount account, DemoUsage usage)
    {
        var made = On(account, usage, TimeWithin(usage.Active));
        if (usage.Carrier == DemoCarrier.Gamma)
        {
            if (made.Destination == DemoDestinations.Geographic && random.Chance(2)) made = made with { IsFree = true, Cost = 0 };
            // A carrier's switch now and then delivers a call days later.
            if (random.Chance(3)) made = made with { DeliveredOn = Earlier(made.Day.AddDays(random.Between(1, 5)), DemoMonth.Cutoff) };
        }
        return usage.Carrier == DemoCarrier.Asterisk ? Attempted(made) : made;
    }

    /// <summary>An answered call at an instant.</summary>
    public DemoCall On(DemoAccount account, DemoUsage usage, DateTimeOffset startedAt, int? seconds = null, DemoDestination? destination = null)
    {
        destination ??= anywhere[random.PickByWeight(usage.Carrier == DemoCarrier.Gamma ? onTrunk : dialled)];
        return Call(usage.Carrier, usage.Identity, CallerOf(usage), startedAt, seconds, destination) with { Account = account.Number };
    }

    /// <summary>An answered call, whoever it belongs to.</summary>
    public DemoCall Call(DemoCarrier carrier, string? identity, ulong caller, DateTimeOffset startedAt, int? seconds = null, DemoDestination? destination = null)
    {
        destination ??= DemoDestinations.Geographic;
        return new DemoCall(carrier, identity, caller, destination, destination.Number(random), startedAt, seconds ?? Duration(destination))
        {
            RecordId = carrier == DemoCarrier.Asterisk ? UniqueId(startedAt) : "C" + random.Hex(32),
            RingSeconds = carrier == DemoCarrier.Asterisk ? random.Between(1, 24) : 0,
        };
    }

    /// <summary>Some time on some of the days; never in the hour that the clocks skip.</summary>
    public DateTimeOffset TimeWithin(DateInterval active)
    {
        Span<int> weights = stackalloc int[days.Count];
        for (var i = 0; i < days.Count; i++) weights[i] = active.Contains(days[i]) ? ByWeekday[(int)days[i].DayOfWeek] : 0;
        var day = days[random.PickByWeight(weights)];
        while (true)
        {
            var hour = random.PickByWeight(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : OfficeDay);
            var local = day.ToDateTime(new TimeOnly(hour, random.Below(60), random.Below(60)));
            if (!DemoMonth.London.IsInvalidTime(local)) return DemoMonth.InstantOf(local);
        }
    }

    // Most numbers of a block are rarely used: the smaller of two dice.
    private ulong CallerOf(DemoUsage usage) => usage.Callers[Math.Min(random.Below(usage.Callers.Count), random.Below(usage.Callers.Count))];

    private DemoCall Attempted(DemoCall call) => random.Below(100) switch
    {
        < 14 => call with { Disposition = "NO ANSWER", Seconds = 0, Fate = DemoFate.Unanswered, RingSeconds = random.Between(8, 45) },
        < 18 => call with { Disposition = "BUSY", Seconds = 0, Fate = DemoFate.Unanswered, RingSeconds = random.Between(0, 3) },
        < 19 => call with { Disposition = "FAILED", Seconds = 0, Fate = DemoFate.Unanswered, RingSeconds = 0 },
        _ => call,
    };

    private int Duration(DemoDestination destination)
    {
        if (destination.IsShortCode) return random.Between(25, 160);
        var at = random.Below(1000);
        for (var i = 1; ; i++)
        {
            var (before, after) = (Durations[i - 1], Durations[i]);
            if (at >= after.PerThousand) continue;
            return random.Between(before.Seconds, after.Seconds);
        }
    }

    // The second in UTC and a number that counts channels, as Asterisk makes it.
    private string UniqueId(DateTimeOffset startedAt) => $"{startedAt.ToUnixTimeSeconds()}.{1000 + 2 * uniqueIds++}";

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
