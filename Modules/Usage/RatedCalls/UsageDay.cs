using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

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
    /// <param name="tenant">The tenant, for its clock.</param>
    /// <param name="days">How many days.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<UsageDay>> LoadAsync(TenantDb db, Tenant tenant, int days, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        var zone = tenant.TimeZone.Id;
        var rows = await db.QueryAsync($"""
            with newest as (select max(started_at) as at from usage.call where state in ('open', 'billed', 'zero-rated'))
            select (c.started_at at time zone {zone})::date, count(*), count(*) filter (where c.state = 'error'), coalesce(sum(c.cost), 0), coalesce(sum(c.charge), 0)
            from newest, usage.call c
            where c.state in ('open', 'billed', 'zero-rated', 'error') and c.started_at > newest.at - make_interval(days => {days}) and c.started_at <= newest.at
            group by 1 order by 1
            """,
            row => new UsageDay(row.Date(0), row.Long(1), row.Long(2), row.Decimal(3), row.Decimal(4)), cancellationToken);
        if (rows.Count == 0) return [];
        var known = rows.ToDictionary(row => row.Day);
        var (first, last) = (rows[0].Day, rows[^1].Day);
        return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Select(day => known.GetValueOrDefault(day) ?? new UsageDay(day, 0, 0, 0, 0)).TakeLast(days)];
    }
}
