namespace Billing.Tenancy.Users;

/// <summary>Kinds of parties that act on a tenant's data.</summary>
public enum ActorKind
{
    /// <summary>The installation itself.</summary>
    System,

    /// <summary>One of the tenant's people.</summary>
    Staff,

    /// <summary>One of a customer's people.</summary>
    Customer,

    /// <summary>A program with an API key.</summary>
    ApiKey,

    /// <summary>One of the operator's people, let in by the tenant.</summary>
    Support,
}
