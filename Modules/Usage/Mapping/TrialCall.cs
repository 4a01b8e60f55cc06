using Billing.Abstractions.Cdr;

namespace Billing.Usage.Mapping;

/// <summary>One call as a description reads it.</summary>
public sealed record TrialCall(
    long Line, DateTimeOffset Start, string From, string To, bool IsAnswered, int Seconds, CdrKind Kind, long Quantity, decimal? Cost, string Currency, string Identity, string ChargeCode);
