using Billing.Abstractions.Values;

namespace Billing.Onboarding.Kinds;

/// <summary>A row that is right, and what applying it does.</summary>
/// <param name="Row">The row.</param>
/// <param name="Outcome">What it would do.</param>
/// <param name="Apply">Does it; a failure means that the plan was wrong, and nothing of the file is kept. Null where there is nothing to do.</param>
internal sealed record PlannedRow(int Row, RowOutcome Outcome, Func<ImportWork, CancellationToken, Task<Failure?>>? Apply = null);
