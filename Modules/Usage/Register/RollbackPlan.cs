using Billing.Abstractions.Values;

namespace Billing.Usage.Register;

/// <summary>What taking a file out again would do.</summary>
/// <param name="Lines">Lines of it that would go, headings not counted.</param>
/// <param name="Restored">Lines of other files that would come back: duplicates of its lines, those it left out as the month's file, parts of its calls.</param>
/// <param name="Obstacle">Why it can't be done; null when it can.</param>
public sealed record RollbackPlan(long Lines, long Restored, Failure? Obstacle);
