using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Screens;

/// <summary>The tenant that a request is about. The host finds it out from the address before any page runs; one instance a request.</summary>
public sealed class CurrentTenant(Database database)
{
    private Tenant? tenant;

    /// <summary>False while there is no tenant on this installation, or the address names none.</summary>
    public bool IsKnown => tenant is not null;

    /// <summary>Whose page this is.</summary>
    /// <exception cref="InvalidOperationException">None was chosen.</exception>
    public Tenant Tenant => tenant ?? throw new InvalidOperationException("The request belongs to no tenant.");

    /// <summary>All tenants of the installation, for the switch.</summary>
    public IReadOnlyList<TenantName> All { get; private set; } = [];

    /// <summary>Begins a transaction that sees this tenant's rows and no others.</summary>
    public Task<TenantDb> BeginAsync(CancellationToken cancellationToken) => database.BeginAsync(Tenant.Id, cancellationToken);

    /// <summary>Called once by the host.</summary>
    public void Choose(Tenant? chosen, IReadOnlyList<TenantName> all)
    {
        tenant = chosen;
        All = all;
    }
}
