namespace Billing.Usage.Comparison;

/// <summary>A carrier's files over some days. Duplicates and what was taken out of billing do not count.</summary>
/// <param name="Files">Files with calls on these days.</param>
/// <param name="Lines">Their lines on these days.</param>
/// <param name="Errors">Those of them that can't be billed yet.</param>
/// <param name="Seconds">Seconds.</param>
/// <param name="Cost">What the carrier charges, where its files say so.</param>
/// <param name="Charge">What the accounts are charged.</param>
public sealed record CarrierFigures(long Files, long Lines, long Errors, long Seconds, decimal Cost, decimal Charge)
{
    /// <summary>Nothing came.</summary>
    public static CarrierFigures None { get; } = new(0, 0, 0, 0, 0, 0);
}
