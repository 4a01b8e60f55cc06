using Billing.Tenancy.Data;

namespace Billing.Invoicing.BillingRuns;

/// <summary>A run in figures.</summary>
/// <param name="Accounts">Accounts its draft had something to bill for.</param>
/// <param name="Drafted">Gross total of that draft.</param>
/// <param name="Parked">Accounts that posting left out.</param>
/// <param name="Invoices">Invoices posted.</param>
/// <param name="Net">Their nets.</param>
/// <param name="Vat">Their VAT.</param>
/// <param name="Gross">Their gross totals.</param>
public sealed record RunTotals(long Accounts, decimal Drafted, long Parked, long Invoices, decimal Net, decimal Vat, decimal Gross)
{
    /// <summary>Every run's figures, by run.</summary>
    public static async Task<IReadOnlyDictionary<BillingRunId, RunTotals>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"""
            select r.run_id, coalesce(a.accounts, 0), coalesce(a.drafted, 0), coalesce(a.parked, 0), coalesce(i.invoices, 0), coalesce(i.net, 0), coalesce(i.vat, 0), coalesce(i.gross, 0)
            from invoicing.billing_run r
            left join (select tenant_id, run_id, count(*) accounts, sum(gross) drafted, count(*) filter (where status = 'parked') parked
                       from invoicing.run_account group by tenant_id, run_id) a using (tenant_id, run_id)
            left join (select tenant_id, run_id, count(*) invoices, sum(net) net, sum(vat) vat, sum(gross) gross
                       from invoicing.invoice group by tenant_id, run_id) i using (tenant_id, run_id)
            """,
            row => (Id: new BillingRunId(row.Long(0)), Totals: new RunTotals(row.Long(1), row.Decimal(2), row.Long(3), row.Long(4), row.Decimal(5), row.Decimal(6), row.Decimal(7))),
            cancellationToken);
        return rows.ToDictionary(r => r.Id, r => r.Totals);
    }
}
