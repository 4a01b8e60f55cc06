using Billing.Tenancy.Data;
using Billing.Usage.Register;

namespace Billing.Invoicing.Invoices;

/// <summary>The numbers of invoices, for whoever knows their ids only.</summary>
public sealed class InvoiceNames : IInvoiceNames
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> OfAsync(TenantDb db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select number from invoicing.invoice where invoice_id = any ({ids.ToArray()}) order by number", row => row.Text(0), cancellationToken);
    }
}
