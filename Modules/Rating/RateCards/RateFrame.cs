namespace Billing.Rating.RateCards;

/// <summary>What of a tariff a single rate is checked against.</summary>
sealed record RateFrame(RateTerms Defaults, bool HasAccessCharge, bool HasDataUnit, ConsumerTerms? Consumers)
{
    public static RateFrame Of(Tariff tariff) => new(tariff.Defaults, tariff.AccessCharge is not null, tariff.Data is not null, tariff.Consumers);
}
