using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

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

    /// <summary>Who asks. The system until somebody has signed in.</summary>
    public Actor Actor { get; private set; } = Actor.System;

    /// <summary>What they may do here, by the names of <see cref="Permission"/>.</summary>
    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether they may do something: for showing or leaving out a button. What a page or handler demands is checked before it runs.</summary>
    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>Begins a transaction that sees this tenant's rows and no others, on behalf of who asks.</summary>
    public Task<TenantDb> BeginAsync(CancellationToken cancellationToken) => database.BeginAsync(Tenant.Id, Actor, cancellationToken);

    /// <summary>Called once by the host, when it knows who asks.</summary>
    public void Admit(Actor actor, IEnumerable<string> permissions)
    {
        Actor = actor;
        Permissions = permissions.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Called once by the host.</summary>
    public void Choose(Tenant? chosen, IReadOnlyList<TenantName> all)
    {
        tenant = chosen;
        All = all;
    }
}
