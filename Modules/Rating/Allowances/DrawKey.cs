namespace Billing.Rating.Allowances;

/// <summary>Which call: its file and line.</summary>
public readonly record struct DrawKey(long File, long Line);
