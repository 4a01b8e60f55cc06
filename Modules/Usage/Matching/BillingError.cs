namespace Billing.Usage.Matching;

/// <summary>Why a call can't be billed.</summary>
/// <param name="Code">Stable: <c>usage.unassigned</c>, <c>rating.no-rate</c>, <c>cdr.bad-duration</c>, ...</param>
/// <param name="Subject">What the cause is about, so that calls with the same cause stand together: the number, the circuit, the destination.</param>
/// <param name="Message">What is wrong and what to do, for a person.</param>
public sealed record BillingError(string Code, string Subject, string Message);
