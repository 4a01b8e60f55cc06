namespace Billing.Rating.Allowances;

/// <summary>How much of one measure an allowance holds for a whole period.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Size">How much: seconds, messages, bytes, calls, or money without VAT. More than zero.</param>
public sealed record AllowanceLimit(AllowanceMeasure Measure, decimal Size);
