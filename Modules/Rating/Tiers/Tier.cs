namespace Billing.Rating.Tiers;

/// <summary>A price from a volume on.</summary>
/// <param name="Above">The volume after which it holds, in units; the first tier's is 0. A volume of exactly this still belongs to the tier before.</param>
/// <param name="UnitPrice">Price of one unit (a minute, a message, a megabyte), major units, not negative.</param>
public sealed record Tier(decimal Above, decimal UnitPrice);
