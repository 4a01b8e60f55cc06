namespace Billing.Invoicing.BillingRuns;

/// <summary>That somebody checked something before bills were requested.</summary>
/// <param name="Gate">What: one of <see cref="RunGate.Known"/>.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Note">What was known then, such as errors left open; null for nothing.</param>
public sealed record GateConfirmation(string Gate, string By, DateTimeOffset At, string? Note = null);
