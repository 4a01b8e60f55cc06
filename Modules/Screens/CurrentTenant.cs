using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Screens;

/// <summary>The tenant that a request is about, and who asks. Both are found out before any page runs; one instance a request.</summary>
public sealed class CurrentTenant(Database database)
{
    private Tenant? tenant;

    /// <summary>False while there is no tenant on this installation, or the address names none.</summary>
    public bool IsKnown => tenant is not null;

    /// <summary>Whose page this is.</summary>
    /// <exception cref="InvalidOperationException">None was chosen.</exception>
    public Tenant Tenant => tenant ?? throw new InvalidOperationException("The request belongs to no tenant.");

    /// <summary>True for the operator's own pages, which belong to no reseller.</summary>
    public bool IsInstallation => tenant is not null && tenant.Id == Tenancy.TenantId.Installation;

    /// <summary>True when the request came by one of the tenant's portal host names: it is a customer's, and nothing there may name us.</summary>
    public bool IsPortal { get; private set; }

    /// <summary>On which side of the counter people sign in here.</summary>
    public PersonKind Kind => IsPortal ? PersonKind.Customer : PersonKind.Staff;

    /// <summary>All tenants of the installation, for an operator's switch; empty for everybody else.</summary>
    public IReadOnlyList<TenantName> All { get; private set; } = [];

    /// <summary>Who asks. The system until somebody has signed in.</summary>
    public Actor Actor { get; private set; } = Actor.System;

    /// <summary>
    /// The person who is signed in: one of the tenant's, or a customer's with their <see cref="Person.AccountId"/>. While support is visiting, the
    /// operator's person, who is of tenant 0. Null for a program and for nobody.
    /// </summary>
    public Person? Person { get; private set; }

    /// <summary>The sign-in that the request came with; null without one.</summary>
    public Session? Session { get; private set; }

    /// <summary>The operator's stay in this tenant, when it is support who asks.</summary>
    public SupportAccess? Support { get; private set; }

    /// <summary>What they may do here, by the names of <see cref="Permission"/>.</summary>
    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether they may do something: for showing or leaving out a button. What a page or handler demands is checked before it runs.</summary>
    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>Begins a transaction that sees this tenant's rows and no others, on behalf of who asks.</summary>
    public Task<TenantDb> BeginAsync(CancellationToken cancellationToken) => database.BeginAsync(Tenant.Id, Actor, cancellationToken);

    /// <summary>Called when it is known who asks: a program with a key.</summary>
    public void Admit(Actor actor, IEnumerable<string> permissions)
    {
        Actor = actor;
        Permissions = permissions.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Called when it is known who asks: a person of this tenant.</summary>
    public void Admit(Person person, Session session)
    {
        ArgumentNullException.ThrowIfNull(person);
        (Person, Session) = (person, session);
        Admit(person.Actor, person.Permissions);
    }

    /// <summary>Called when it is known who asks: an operator whom this tenant has let in.</summary>
    public void Admit(Person visitor, Session session, SupportAccess stay)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(stay);
        (Person, Session, Support) = (visitor, session, stay);
        Admit(new Actor(ActorKind.Support, visitor.Id.Value, visitor.Name), Role.PermissionsOfSupport(stay.Role ?? ""));
    }

    /// <summary>Called for an operator: the tenants they can switch to.</summary>
    public void Offer(IReadOnlyList<TenantName> all) => All = all;

    /// <summary>Called once by the host, when the address has said whose page it is.</summary>
    public void Choose(Tenant? chosen, bool isPortal)
    {
        tenant = chosen;
        IsPortal = isPortal;
    }
}
