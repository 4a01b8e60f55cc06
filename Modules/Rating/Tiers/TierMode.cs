namespace Billing.Rating.Tiers;

/// <summary>What a price for a volume holds for (R14).</summary>
public enum TierMode
{
    /// <summary>Each part of the volume costs what its own tier says: the first thousand minutes at one price, the next at another.</summary>
    Graduated,

    /// <summary>
    /// The tier that the whole volume reaches prices all of it. A call's price is then <b>provisional until the period ends</b>: one more call can make
    /// all of them cheaper.
    /// </summary>
    WholeVolume,
}
