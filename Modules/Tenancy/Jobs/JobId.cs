namespace Billing.Tenancy.Jobs;

/// <summary>A job of a tenant.</summary>
/// <param name="Value">As stored, and as it stands in addresses.</param>
public readonly record struct JobId(long Value);
