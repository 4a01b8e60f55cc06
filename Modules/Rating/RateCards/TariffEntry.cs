namespace Billing.Rating.RateCards;

/// <summary>A tariff in the list of them.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Code">The tenant's own code, unique.</param>
/// <param name="Name">As its latest document calls it.</param>
/// <param name="Latest">The latest version's number; 0 when none is published.</param>
/// <param name="PublishedAt">When that was published; null when none is.</param>
/// <param name="PublishedBy">By whom.</param>
/// <param name="IsDefault">True for the one that prices calls of accounts without one of their own.</param>
/// <param name="IsRetired">True when it is not to be given to anybody any more.</param>
/// <param name="Version">Of the row, not of the tariff: to be handed back with a change.</param>
public sealed record TariffEntry(long Id, string Code, string Name, int Latest, DateTimeOffset? PublishedAt, string? PublishedBy, bool IsDefault, bool IsRetired, int Version);
