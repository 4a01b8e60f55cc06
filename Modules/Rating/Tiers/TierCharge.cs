namespace Billing.Rating.Tiers;

/// <summary>What a volume costs.</summary>
/// <param name="Volume">Units of the period.</param>
/// <param name="Parts">One for each tier that has a share, from the first on; none for no volume.</param>
/// <param name="IsProvisional">True while the period is open and more volume can change what is charged for this volume.</param>
public sealed record TierCharge(decimal Volume, IReadOnlyList<TierPart> Parts, bool IsProvisional)
{
    /// <summary>The sum of the parts, not rounded: the invoice line is.</summary>
    public decimal Amount => Parts.Sum(part => part.Amount);
}
