namespace Billing.Rating.RateCards;

/// <summary>What a mark-up makes of a cost that is nothing, or less than nothing (R13).</summary>
/// <param name="ZeroIsError">True: a used call for which the carrier asks nothing is an error to look at. False: it is charged nothing.</param>
/// <param name="CreditsAreMarkedUp">True: a credit gives back what was charged, mark-up and all. False: the carrier's amount, no more.</param>
public sealed record CostRules(bool ZeroIsError, bool CreditsAreMarkedUp)
{
    /// <summary>Where a tariff says nothing.</summary>
    public static CostRules Usual { get; } = new(false, true);
}
