namespace Billing.Rating.RateCards;

/// <summary>Which time band prices a call that runs over a boundary.</summary>
public enum BandPricing
{
    /// <summary>The band in which the call started prices all of it.</summary>
    AtStart,

    /// <summary>Each second is priced in the band it falls in.</summary>
    Split,
}
