namespace Billing.Rating.RateCards;

/// <summary>What is rounded.</summary>
public enum RoundingLevel
{
    /// <summary>Every call; a line is the sum of rounded calls, so what is printed adds up.</summary>
    Call,

    /// <summary>The invoice line; calls keep every decimal.</summary>
    Line,
}
