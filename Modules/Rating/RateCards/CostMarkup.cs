namespace Billing.Rating.RateCards;

/// <summary>Prices a call that no rate prices from what the carrier charges for it: cost plus a percentage.</summary>
/// <param name="Percent">15 turns a cost of 0.10 into a charge of 0.115. Zero passes the cost on.</param>
public sealed record CostMarkup(decimal Percent)
{
    internal const decimal HighestPercent = 10_000m;
}
