namespace Billing.Rating.RateCards;

/// <summary>A rate that two versions of a tariff have and say differently.</summary>
/// <param name="Before">In the older version.</param>
/// <param name="After">In the newer one.</param>
public sealed record RateChange(Rate Before, Rate After);
