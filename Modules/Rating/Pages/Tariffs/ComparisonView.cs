using Billing.Rating.RateCards;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>A comparison as it is shown.</summary>
/// <param name="Changes">What changes.</param>
/// <param name="After">The newer version.</param>
internal sealed record ComparisonView(TariffComparison Changes, RateCards.Tariff After)
{
    /// <summary>Rates shown of each sort.</summary>
    public const int MostShown = 100;
}
