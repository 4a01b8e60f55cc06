namespace Billing.Usage.RatedCalls;

/// <summary>What re-rating did.</summary>
/// <param name="Calls">Calls priced again.</param>
/// <param name="Cleared">Errors that are none any more.</param>
/// <param name="StillFailing">Calls that have no price.</param>
/// <param name="Changed">Calls whose price is another one now.</param>
/// <param name="Difference">Sum of those differences.</param>
public sealed record RerateOutcome(int Calls, int Cleared, int StillFailing, int Changed, decimal Difference);
