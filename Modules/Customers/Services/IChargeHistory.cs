using Billing.Tenancy.Data;

namespace Billing.Customers.Services;

/// <summary>
/// What of an account's charges is on invoices. Only Invoicing knows, from what it posted, and it stands above; so it answers through this.
/// </summary>
public interface IChargeHistory
{
    /// <summary>First day of a recurring charge that is <b>not</b> on an invoice; null when none of it is.</summary>
    Task<DateOnly?> BilledToAsync(TenantDb db, SubscriptionId charge, CancellationToken cancellationToken);

    /// <summary>The invoice a one-off charge is on; null while it is on none.</summary>
    Task<string?> InvoiceOfAsync(TenantDb db, long oneOff, CancellationToken cancellationToken);
}
