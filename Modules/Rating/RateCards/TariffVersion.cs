namespace Billing.Rating.RateCards;

/// <summary>A published version of a tariff.</summary>
/// <param name="Version">From 1.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="PublishedBy">By whom.</param>
/// <param name="Note">What the publisher said of it; null for nothing.</param>
/// <param name="Hash">SHA-256 of the document.</param>
public sealed record TariffVersion(int Version, DateTimeOffset PublishedAt, string PublishedBy, string? Note, string Hash);
