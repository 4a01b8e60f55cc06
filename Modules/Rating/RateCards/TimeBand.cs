namespace Billing.Rating.RateCards;

/// <summary>A name for a part of the week, such as "peak". The bands of a tariff cover the week exactly once.</summary>
/// <param name="Name">What prices and invoices call it.</param>
/// <param name="When">The parts of the week that make it up.</param>
public sealed record TimeBand(string Name, IReadOnlyList<BandWindow> When);
