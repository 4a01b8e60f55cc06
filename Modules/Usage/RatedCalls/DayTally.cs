using Billing.Tenancy.Tenants;

namespace Billing.Usage.RatedCalls;

/// <summary>Counts lines on their way in, by day on the tenant's clock and state, as <c>usage.count_calls</c> would count them afterwards.</summary>
/// <param name="tenant">Whose clock.</param>
internal sealed class DayTally(Tenant tenant)
{
    private readonly Dictionary<(DateOnly? Day, string State), Sum> sums = [];
    private (DateTimeOffset From, DateTimeOffset To, DateOnly Day) last;

    /// <summary>One sum a day and state.</summary>
    public IReadOnlyList<DaySum> Sums => [.. sums.Select(sum => new DaySum(sum.Key.Day, sum.Key.State, sum.Value.Calls, sum.Value.Lines, sum.Value.Seconds, sum.Value.Cost, sum.Value.Charge))];

    public void Add(CallRow row)
    {
        var key = (row.Facts is { } facts ? DayOf(facts.StartedAt) : (DateOnly?)null, row.State);
        if (!sums.TryGetValue(key, out var sum)) sums[key] = sum = new Sum();
        sum.Calls++;
        sum.Lines += row.Lines;
        sum.Seconds += row.Facts?.Seconds ?? 0;
        sum.Cost += AsStored(row.Facts?.Cost);
        sum.Charge += AsStored(row.Charge);
    }

    // The columns have six decimals, and the database rounds halves away from zero.
    private static decimal AsStored(decimal? amount) => amount is { } some ? decimal.Round(some, 6, MidpointRounding.AwayFromZero) : 0;

    // Calls come about in the order of time, so the day is mostly the last one's.
    private DateOnly DayOf(DateTimeOffset instant)
    {
        if (instant >= last.From && instant < last.To) return last.Day;
        var day = tenant.DayOf(instant);
        last = (tenant.StartOf(day), tenant.StartOf(day.AddDays(1)), day);
        return day;
    }

    private sealed class Sum
    {
        public long Calls { get; set; }
        public long Lines { get; set; }
        public long Seconds { get; set; }
        public decimal Cost { get; set; }
        public decimal Charge { get; set; }
    }
}
