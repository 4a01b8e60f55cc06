namespace Billing.Rating.RateCards;

/// <summary>A range of the clock on some days, in the tariff's civil time.</summary>
/// <param name="Days">The days it is on.</param>
/// <param name="FromMinute">First minute of the day that belongs to it, 0 to 1439.</param>
/// <param name="ToMinute">First minute that does <b>not</b> belong to it any more; 1440 is the end of the day (24:00).</param>
public sealed record BandWindow(BandDays Days, int FromMinute, int ToMinute);
