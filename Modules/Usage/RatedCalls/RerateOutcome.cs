namespace Billing.Usage.RatedCalls;

/// <summary>What re-rating did.</summary>
/// <param name="Calls">Calls priced again.</param>
/// <param name="Cleared">Errors that are none any more.</param>
/// <param name="StillFailing">Calls that have no price.</param>
/// <param name="Changed">Calls whose price is another one now.</param>
/// <param name="Difference">What would be billed more than before, allowances and caps counted.</param>
/// <param name="Worth">What would be billed more by the cleared calls, without VAT: what an allowance covers of them, or no longer covers of others, is counted.</param>
/// <param name="Moved">Of the calls that have no price, those that lack it for another cause than before: what was mended uncovered it.</param>
public sealed record RerateOutcome(int Calls, int Cleared, int StillFailing, int Changed, decimal Difference, decimal Worth, int Moved)
{
    /// <summary>Calls that had a price and have none now.</summary>
    public int Arisen { get; init; }
}
