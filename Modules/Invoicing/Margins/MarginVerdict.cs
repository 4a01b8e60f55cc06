namespace Billing.Invoicing.Margins;

/// <summary>What to make of what a carrier charges for something beside what we charge for it.</summary>
public enum MarginVerdict
{
    /// <summary>It is sold for more than it costs.</summary>
    Sold,

    /// <summary>It is sold for less than it costs, or for the same.</summary>
    BelowCost,

    /// <summary>The carrier charges for it and nobody pays: lost money.</summary>
    NobodyPays,

    /// <summary>We charge for it and the carrier, who did before, bills it no more: ceased there and not here, or forgotten by the carrier.</summary>
    NoCost,

    /// <summary>Nothing but a credit of the carrier's.</summary>
    Credit,
}
