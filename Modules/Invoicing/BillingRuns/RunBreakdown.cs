using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;

namespace Billing.Invoicing.BillingRuns;

/// <summary>What a run billed, taken apart.</summary>
/// <param name="Groups">By kind of charge, in printing order; nets.</param>
/// <param name="Destinations">Its calls by destination, dearest first; charges with all decimals, before they are rounded into invoice lines.</param>
public sealed record RunBreakdown(IReadOnlyList<InvoiceGroup> Groups, IReadOnlyList<DestinationTotal> Destinations)
{
    /// <summary>Adds the posted invoices of a run up.</summary>
    public static async Task<RunBreakdown> LoadAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var nets = (await db.QueryAsync($"""
            select l.kind, sum(l.net) from invoicing.invoice_line l join invoicing.invoice i using (tenant_id, invoice_id) where i.run_id = {id.Value} group by l.kind
            """, row => (Kind: row.Text(0), Net: row.Decimal(1)), cancellationToken)).ToDictionary(r => r.Kind, r => r.Net, StringComparer.Ordinal);
        var destinations = await db.QueryAsync($"""
            select destination, calls, seconds, charge from invoicing.run_destination where run_id = {id.Value}
            order by charge desc, calls desc, destination collate "C"
            """, row => new DestinationTotal(row.Text(0), row.Long(1), row.Long(2), row.Decimal(3)), cancellationToken);
        return new RunBreakdown(
            [.. InvoiceBuilder.Kinds.Where(kind => nets.ContainsKey(kind.Kind)).Select(kind => new InvoiceGroup(kind.Kind, kind.Title, nets[kind.Kind]))],
            destinations);
    }
}
