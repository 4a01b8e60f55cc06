namespace Billing.Rating.Tiers;

/// <summary>A part of a volume that one tier prices.</summary>
/// <param name="Tier">Which.</param>
/// <param name="Units">How much of the volume.</param>
/// <param name="Amount">Units times its price, not rounded.</param>
public sealed record TierPart(Tier Tier, decimal Units, decimal Amount);
