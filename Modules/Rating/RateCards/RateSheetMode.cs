namespace Billing.Rating.RateCards;

/// <summary>What becomes of the rates that the frame already has.</summary>
public enum RateSheetMode
{
    /// <summary>The sheet's rates take their place.</summary>
    Replace,

    /// <summary>The sheet's rates are added; one key in both on one day is refused.</summary>
    Add,
}
