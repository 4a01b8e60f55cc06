namespace Billing.Rating.RateCards;

/// <summary>Another price and other steps from a second of a call on: "after the first minute 5p a minute by the second".</summary>
/// <param name="AfterSeconds">Charged seconds that come before it (free seconds are not among them), at least 1.</param>
/// <param name="PerMinute">Price of 60 of its seconds, major units.</param>
/// <param name="FirstSeconds">Shortest part of it that is charged once a call has reached it, seconds, at least 1.</param>
/// <param name="NextSeconds">Step in which its further seconds are charged, at least 1.</param>
public sealed record RateStage(int AfterSeconds, BandPrice PerMinute, int FirstSeconds, int NextSeconds);
