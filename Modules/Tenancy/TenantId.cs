namespace Billing.Tenancy;

/// <summary>A reseller on this installation.</summary>
/// <param name="Value">As stored; never shown to a customer.</param>
public readonly record struct TenantId(int Value);
