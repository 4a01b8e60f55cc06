using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Portal.Seen;

/// <summary>A call that the person who asks may see.</summary>
/// <param name="Key">Its place in the list.</param>
/// <param name="AccountNumber">The account.</param>
/// <param name="Service">As the customer calls it.</param>
/// <param name="Direction"><c>out</c> or <c>in</c>.</param>
/// <param name="Caller">The calling number; null when the network gave none.</param>
/// <param name="Called">The called number.</param>
/// <param name="Destination">As the tariff calls it.</param>
/// <param name="Seconds">Answered time.</param>
/// <param name="Charge">Without VAT, with all its decimals.</param>
/// <param name="Bill">The bill it is on; null while it is on none, or for somebody who sees no bills.</param>
/// <param name="IsBilled">It is on a bill. While it is not, its price may still change.</param>
internal sealed record MyCall(
    CallKey Key, string AccountNumber, string Service, string Direction, string? Caller, string? Called, string Destination, int Seconds, decimal Charge, string? Bill, bool IsBilled)
{
    /// <summary>Most calls in one file: what a spreadsheet still opens.</summary>
    public const int MostInAFile = 200_000;

    /// <summary>When the newest of all began; null where there is none.</summary>
    public static Task<DateTimeOffset?> NewestAsync(TenantDb db, CancellationToken cancellationToken) =>
        db.FindAsync($"select started_at from portal.my_call order by started_at desc limit 1", row => (DateTimeOffset?)row.Instant(0), cancellationToken);

    /// <summary>Calls, the newest first.</summary>
    /// <param name="db">The tenant, on behalf of the person.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="search">Which.</param>
    /// <param name="after">The last call of the page before; null for the first page.</param>
    /// <param name="take">Calls at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<List<MyCall>> LoadAsync(TenantDb db, Tenant tenant, CallSearch search, CallKey? after, int take, CancellationToken cancellationToken)
    {
        var (begin, end) = (search.Begin(tenant).UtcDateTime, search.End(tenant).UtcDateTime);
        // The key's instant also bounds the range, so that the index is entered where the page begins.
        var (last, file, line) = after is { } key ? (key.StartedAt.UtcDateTime, key.FileId, key.Line) : (end, long.MaxValue, long.MaxValue);
        return db.QueryAsync($"""
            select c.file_id, c.line, c.started_at, c.account_number, s.label, c.direction, c.caller, c.called, coalesce(c.destination, ''), c.seconds, c.charge, b.number, c.invoice_id is not null
            from portal.my_call c
            join portal.my_service s on s.tenant_id = c.tenant_id and s.service_id = c.service_id
            left join portal.my_bill b on b.tenant_id = c.tenant_id and b.invoice_id = c.invoice_id
            where c.started_at >= {begin} and c.started_at < {end} and c.started_at <= {last} and (c.started_at, c.file_id, c.line) < ({last}, {file}, {line})
              and ({search.Account}::text is null or c.account_number = {search.Account})
              and ({search.Bill}::text is null or c.invoice_id = (select m.invoice_id from portal.my_bill m where m.number = {search.Bill}))
              and ({search.Digits}::text is null or c.caller like '%' || {search.Digits} || '%' or c.called like '%' || {search.Digits} || '%')
              and ({search.Destination} = '' or position(lower({search.Destination}) in lower(c.destination)) > 0)
            order by c.started_at desc, c.file_id desc, c.line desc limit {take}
            """,
            row => new MyCall(new CallKey(row.Instant(2), row.Long(0), row.Long(1)), row.Text(3), row.Text(4), row.Text(5), row.MaybeText(6), row.MaybeText(7), row.Text(8), row.Int(9),
                row.Decimal(10), row.MaybeText(11), row.Bool(12)), cancellationToken);
    }
}
