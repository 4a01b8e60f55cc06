namespace Billing.Tenancy.Tenants;

/// <summary>A tenant in a list: enough to choose one.</summary>
public sealed record TenantName(TenantId Id, string Slug, string Name)
{
    /// <summary>The operator has suspended it: its people can't sign in.</summary>
    public bool IsSuspended { get; init; }
}
