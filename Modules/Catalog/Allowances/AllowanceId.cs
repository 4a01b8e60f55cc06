namespace Billing.Catalog.Allowances;

/// <summary>An allowance of the price list.</summary>
public readonly record struct AllowanceId(long Value);
