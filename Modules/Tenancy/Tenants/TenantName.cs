namespace Billing.Tenancy.Tenants;

/// <summary>A tenant in a list: enough to choose one.</summary>
public sealed record TenantName(TenantId Id, string Slug, string Name);
