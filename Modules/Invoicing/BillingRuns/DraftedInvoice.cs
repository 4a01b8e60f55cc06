using Billing.Tenancy.Data;

namespace Billing.Invoicing.BillingRuns;

/// <summary>One account's line in a draft: what its invoice comes to, and what became of it since.</summary>
/// <param name="AccountNumber">The account.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Net">Without VAT.</param>
/// <param name="Vat">The VAT.</param>
/// <param name="Gross">Both.</param>
/// <param name="Calls">Calls on it.</param>
/// <param name="Last">Gross of the account's latest posted invoice; null when it has none. Big differences are worth a look.</param>
public sealed record DraftedInvoice(string AccountNumber, string AccountName, decimal Net, decimal Vat, decimal Gross, long Calls, decimal? Last)
{
    /// <summary>All of a run, in the order they will be numbered.</summary>
    public static async Task<IReadOnlyList<DraftedInvoice>> ListAsync(TenantDb db, BillingRunId run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select a.number, a.name, r.net, r.vat, r.gross, r.calls,
                   (select i.gross from invoicing.invoice i where i.account_id = r.account_id and i.run_id <> r.run_id order by i.invoice_id desc limit 1)
            from invoicing.run_account r join customers.account a using (tenant_id, account_id)
            where r.run_id = {run.Value} order by a.number collate "C"
            """, row => new DraftedInvoice(row.Text(0), row.Text(1), row.Decimal(2), row.Decimal(3), row.Decimal(4), row.Long(5), row.Maybe<decimal?>(6)), cancellationToken);
    }
}
