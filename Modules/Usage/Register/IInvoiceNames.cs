using Billing.Tenancy.Data;

namespace Billing.Usage.Register;

/// <summary>What invoices are called. Calls know only their ids.</summary>
public interface IInvoiceNames
{
    /// <summary>The numbers of some invoices, in their order.</summary>
    Task<IReadOnlyList<string>> OfAsync(TenantDb db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default);
}
