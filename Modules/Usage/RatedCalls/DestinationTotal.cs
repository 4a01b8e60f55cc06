using Billing.Tenancy.Data;

namespace Billing.Usage.RatedCalls;

/// <summary>Calls to one destination added up.</summary>
/// <param name="Destination">As the tariff calls it.</param>
/// <param name="Calls">How many, free ones included.</param>
/// <param name="Seconds">Answered time.</param>
/// <param name="Charge">What they are charged at, with all decimals.</param>
public sealed record DestinationTotal(string Destination, long Calls, long Seconds, decimal Charge)
{
    /// <summary>The calls on some invoices by destination, dearest first.</summary>
    public static async Task<IReadOnlyList<DestinationTotal>> OfInvoicesAsync(TenantDb db, IReadOnlyCollection<long> invoiceIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select coalesce(destination, ''), count(*), coalesce(sum(seconds), 0), coalesce(sum(charge), 0)
            from usage.call where invoice_id = any({invoiceIds.ToArray()})
            group by 1 order by 4 desc, 2 desc, coalesce(destination, '') collate "C"
            """,
            row => new DestinationTotal(row.Text(0), row.Long(1), row.Long(2), row.Decimal(3)), cancellationToken);
    }
}
