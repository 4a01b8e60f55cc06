namespace Billing.Usage.Mapping;

/// <summary>One line that a description can't read.</summary>
public sealed record TrialProblem(long Line, string Code, string Message);
