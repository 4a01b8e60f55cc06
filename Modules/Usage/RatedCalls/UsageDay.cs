using Billing.Tenancy.Data;

namespace Billing.Usage.RatedCalls;

/// <summary>One day of calls, by the day they started on the tenant's clock.</summary>
/// <param name="Day">The day.</param>
/// <param name="Calls">Calls that are priced, billed, free or in error; duplicates and excluded ones do not count.</param>
/// <param name="Errors">Those of them that can't be billed yet.</param>
/// <param name="Cost">What the carriers charge, where their files say so.</param>
/// <param name="Charge">What the accounts are charged.</param>
public sealed record UsageDay(DateOnly Day, long Calls, long Errors, decimal Cost, decimal Charge)
{
    /// <summary>The days up to the newest call, at most so many; a day without calls is a row of zeros.</summary>
    /// <param name="db">The tenant's transaction.</param>
    /// <param name="days">How many days.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<UsageDay>> LoadAsync(TenantDb db, int days, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"""
            with newest as (select max(day) as on_day from (select day from usage.tally where state in ('open', 'billed', 'covered', 'zero-rated') group by day having sum(calls) > 0) d)
            select t.day, sum(t.calls)::bigint, coalesce(sum(t.calls) filter (where t.state = 'error'), 0)::bigint, sum(t.cost), sum(t.charge)
            from newest n, usage.tally t
            where t.state in ('open', 'billed', 'covered', 'zero-rated', 'error') and t.day > n.on_day - {days} and t.day <= n.on_day
            group by t.day having sum(t.calls) > 0 order by t.day
            """,
            row => new UsageDay(row.Date(0), row.Long(1), row.Long(2), row.Decimal(3), row.Decimal(4)), cancellationToken);
        if (rows.Count == 0) return [];
        var known = rows.ToDictionary(row => row.Day);
        var (first, last) = (rows[0].Day, rows[^1].Day);
        return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Select(day => known.GetValueOrDefault(day) ?? new UsageDay(day, 0, 0, 0, 0))];
    }
}
