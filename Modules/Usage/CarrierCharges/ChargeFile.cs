using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>A file of recurring charges: where its lines went, what they come to, and the carrier's invoice for it.</summary>
/// <param name="FileId">Its place in the register.</param>
/// <param name="Name">Its name.</param>
/// <param name="Carrier">Who sent it.</param>
/// <param name="From">First day that it covers; null where no line says one.</param>
/// <param name="To">First day that it does not cover any more.</param>
/// <param name="ImportedAt">When it was taken in.</param>
/// <param name="Sums">Its lines by state.</param>
/// <param name="Invoice">The carrier's invoice; null where nobody has typed it in.</param>
public sealed record ChargeFile(long FileId, string Name, string Carrier, DateOnly? From, DateOnly? To, DateTimeOffset ImportedAt, ChargeSums Sums, CarrierInvoice? Invoice)
{
    /// <summary>What the file has more than the carrier's invoice, in its currency; null where there is none. Zero is as it should be.</summary>
    public decimal? Difference => Invoice is null ? null : Sums.AmountIn(Invoice.Currency) - Invoice.Net;

    /// <summary>All of them, the latest first.</summary>
    public static Task<IReadOnlyList<ChargeFile>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default) => LoadAsync(db, null, cancellationToken);

    /// <summary>One of them; null when there is none.</summary>
    public static async Task<ChargeFile?> FindAsync(TenantDb db, long fileId, CancellationToken cancellationToken = default) => (await LoadAsync(db, fileId, cancellationToken)).SingleOrDefault();

    private static async Task<IReadOnlyList<ChargeFile>> LoadAsync(TenantDb db, long? fileId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var sums = (await db.QueryAsync($"""
            select file_id, state, coalesce(currency, ''), count(*), coalesce(sum(amount), 0) from usage.carrier_charge
            where {fileId}::bigint is null or file_id = {fileId}::bigint group by 1, 2, 3 order by 1, 3, 2
            """, row => (File: row.Long(0), Sum: new ChargeSum(row.Text(1), row.Text(2), row.Long(3), row.Decimal(4))), cancellationToken)).ToLookup(one => one.File, one => one.Sum);
        return await db.QueryAsync($"""
            select f.file_id, f.name, f.carrier, lower(f.period), upper(f.period), f.imported_at, i.number, i.net, i.currency, i.version
            from usage.cdr_file f left join usage.carrier_invoice i using (tenant_id, file_id)
            where f.kind = 'recurring' and ({fileId}::bigint is null or f.file_id = {fileId}::bigint) order by f.file_id desc
            """,
            row => new ChargeFile(row.Long(0), row.Text(1), row.Text(2), row.Maybe<DateOnly?>(3), row.Maybe<DateOnly?>(4), row.Instant(5), new ChargeSums([.. sums[row.Long(0)]]),
                row.IsNull(6) ? null : new CarrierInvoice(row.Long(0), row.Text(6), row.Decimal(7), row.Text(8), row.Int(9))), cancellationToken);
    }
}
