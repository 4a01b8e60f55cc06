namespace Billing.Usage.WhatIf;

/// <summary>What a replay says of some calls: of all of them, of a month, an account, a destination. Amounts are without VAT, in the tenant's currency.</summary>
/// <param name="Calls">Calls replayed, with or without a price.</param>
/// <param name="Seconds">Their answered seconds.</param>
/// <param name="Charged">What they were charged, or will be as things stand: as stored.</param>
/// <param name="Before">What they come to under the tariffs as they are published.</param>
/// <param name="After">What they come to with the change. A call that has no price any more counts nothing here, and stands in <paramref name="Lost"/>.</param>
/// <param name="Cost">What the carriers charge for them, as far as it is known in the tenant's currency.</param>
/// <param name="WithoutCost">Calls of which it is not.</param>
/// <param name="PricedOtherwise">Calls that have a price on both sides, and not the same.</param>
/// <param name="ChargedOtherwise">Calls whose price before is not what was charged: a tariff, or who is on it, changed since, or late calls drew from an allowance in another order.</param>
/// <param name="Lost">Calls that had a price and have none with the change.</param>
/// <param name="LostWorth">What those came to before.</param>
/// <param name="Gained">Calls that had none and have one with the change.</param>
/// <param name="GainedWorth">What those come to.</param>
/// <param name="Unrated">Calls that have a price on neither side.</param>
public sealed record WhatIfFigures(
    long Calls, long Seconds, decimal Charged, decimal Before, decimal After, decimal Cost, long WithoutCost, long PricedOtherwise, long ChargedOtherwise,
    long Lost, decimal LostWorth, long Gained, decimal GainedWorth, long Unrated)
{
    /// <summary>Of no call.</summary>
    public static WhatIfFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>How much more the calls come to with the change.</summary>
    public decimal Change => After - Before;

    /// <summary>The change in percent of what they come to before, with one decimal; null where that is nothing.</summary>
    public decimal? ChangePercent => Before == 0 ? null : decimal.Round(Change * 100 / Math.Abs(Before), 1, MidpointRounding.AwayFromZero);

    /// <summary>What is left of the revenue before, less the carriers' cost.</summary>
    public decimal MarginBefore => Before - Cost;

    /// <summary>What is left of the revenue with the change, less the same cost.</summary>
    public decimal MarginAfter => After - Cost;

    /// <summary>True when the change touches nothing here.</summary>
    public bool IsUnchanged => Change == 0 && PricedOtherwise == 0 && Lost == 0 && Gained == 0;
}
