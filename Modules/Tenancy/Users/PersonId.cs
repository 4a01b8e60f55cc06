namespace Billing.Tenancy.Users;

/// <summary>A person within their tenant.</summary>
/// <param name="Value">As stored.</param>
public readonly record struct PersonId(long Value);
