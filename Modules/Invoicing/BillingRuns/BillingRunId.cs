namespace Billing.Invoicing.BillingRuns;

/// <summary>A billing run.</summary>
public readonly record struct BillingRunId(long Value);
