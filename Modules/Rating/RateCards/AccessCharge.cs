namespace Billing.Rating.RateCards;

/// <summary>
/// What the caller's own provider takes for calls to 084, 087, 09 and 118 numbers, beside the service charge of the number called: one figure for
/// the whole tariff, at any time of the week (N5). Computed and rounded apart from the service charge.
/// </summary>
/// <param name="PerMinute">Price of 60 seconds, major units, without VAT.</param>
/// <param name="FirstSeconds">Shortest duration charged, at least 1.</param>
/// <param name="NextSeconds">Step after it, at least 1.</param>
public sealed record AccessCharge(decimal PerMinute, int FirstSeconds, int NextSeconds);
