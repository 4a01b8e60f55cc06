using Billing.Abstractions.Values;

namespace Billing.Rating.Allowances;

/// <summary>How many of an allowance somebody has on some days.</summary>
/// <param name="Valid">The days.</param>
/// <param name="Quantity">How many; more than zero. Ten lines with 500 minutes each are ten.</param>
public readonly record struct GrantSlice(DateInterval Valid, decimal Quantity);
