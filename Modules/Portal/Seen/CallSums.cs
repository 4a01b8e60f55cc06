using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Portal.Seen;

/// <summary>The calls of a search added up: the figures behind the pictures.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Seconds">Answered time.</param>
/// <param name="Charge">Without VAT, with all decimals.</param>
/// <param name="NotBilled">The part of it that is on no bill yet.</param>
/// <param name="Days">By day, those without calls left out.</param>
/// <param name="Destinations">By destination, the dearest first.</param>
internal sealed record CallSums(
    long Calls, long Seconds, decimal Charge, decimal NotBilled, IReadOnlyList<(DateOnly Day, long Calls, decimal Charge)> Days, IReadOnlyList<(string Name, long Calls, long Seconds, decimal Charge)> Destinations)
{
    /// <summary>Adds up.</summary>
    public static async Task<CallSums> LoadAsync(TenantDb db, Tenant tenant, CallSearch search, CancellationToken cancellationToken)
    {
        var (begin, end) = (search.Begin(tenant).UtcDateTime, search.End(tenant).UtcDateTime);
        var rows = await db.QueryAsync($"""
            select (c.started_at at time zone {tenant.TimeZone.Id})::date, coalesce(c.destination, ''), count(*), coalesce(sum(c.seconds), 0), sum(c.charge), coalesce(sum(c.charge) filter (where c.invoice_id is null), 0)
            from portal.my_call c
            where c.started_at >= {begin} and c.started_at < {end}
              and ({search.Account}::text is null or c.account_number = {search.Account})
              and ({search.Digits}::text is null or c.caller like '%' || {search.Digits} || '%' or c.called like '%' || {search.Digits} || '%')
              and ({search.Destination} = '' or position(lower({search.Destination}) in lower(c.destination)) > 0)
            group by 1, 2
            """,
            row => (Day: row.Date(0), Destination: row.Text(1), Calls: row.Long(2), Seconds: row.Long(3), Charge: row.Decimal(4), NotBilled: row.Decimal(5)), cancellationToken);
        return new CallSums(
            rows.Sum(r => r.Calls), rows.Sum(r => r.Seconds), rows.Sum(r => r.Charge), rows.Sum(r => r.NotBilled),
            [.. rows.GroupBy(r => r.Day).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(r => r.Calls), g.Sum(r => r.Charge)))],
            [.. rows.GroupBy(r => r.Destination, StringComparer.Ordinal).Select(g => (g.Key, g.Sum(r => r.Calls), g.Sum(r => r.Seconds), g.Sum(r => r.Charge))).OrderByDescending(d => d.Item4).ThenBy(d => d.Key, StringComparer.Ordinal)]);
    }

    /// <summary>What is on no bill yet since a day: also for accounts whose bills list no calls, which show the same sums.</summary>
    public static async Task<(long Calls, long Seconds, decimal Charge)> UnbilledAsync(TenantDb db, DateTimeOffset since, CancellationToken cancellationToken) => await db.FindAsync(
        $"select count(*), coalesce(sum(seconds), 0), coalesce(sum(charge), 0) from portal.my_unbilled where started_at >= {since.UtcDateTime}",
        row => (row.Long(0), row.Long(1), row.Decimal(2)), cancellationToken);
}
