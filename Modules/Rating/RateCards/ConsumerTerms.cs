namespace Billing.Rating.RateCards;

/// <summary>Marks a tariff as one that is sold to consumers: the price rules that protect them are then held when it is saved.</summary>
/// <param name="VatPercent">The VAT that is added to its prices: the limits are said with it, the prices without.</param>
public sealed record ConsumerTerms(decimal VatPercent);
