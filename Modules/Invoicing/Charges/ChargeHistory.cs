using Billing.Customers.Services;
using Billing.Tenancy.Data;

namespace Billing.Invoicing.Charges;

/// <summary>What of an account's charges is on invoices, from what was posted.</summary>
public sealed class ChargeHistory : IChargeHistory
{
    /// <inheritdoc/>
    public Task<DateOnly?> BilledToAsync(TenantDb db, SubscriptionId charge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select max(upper(period)) from invoicing.recurring_slice where subscription_id = {charge.Value}", row => row.Maybe<DateOnly?>(0), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> InvoiceOfAsync(TenantDb db, long oneOff, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"""
            select i.number from invoicing.one_off_claim c join invoicing.invoice i using (tenant_id, invoice_id) where c.charge_id = {oneOff}
            """, row => row.Text(0), cancellationToken);
    }
}
