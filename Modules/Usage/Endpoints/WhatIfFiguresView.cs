using System.ComponentModel;
using Billing.Usage.WhatIf;

namespace Billing.Usage.Endpoints;

/// <summary>What a replay says of some calls; amounts without VAT.</summary>
sealed record WhatIfFiguresView(
    long Calls,
    long Seconds,
    [property: Description("What they were charged, or will be as things stand.")] decimal Charged,
    [property: Description("What they come to under the published tariffs.")] decimal Before,
    [property: Description("What they come to with the change.")] decimal After,
    [property: Description("After less before.")] decimal Change,
    [property: Description("The change in percent of before; null where that is nothing.")] decimal? ChangePercent,
    [property: Description("What the carriers charge for them, as far as it is known.")] decimal Cost,
    [property: Description("Calls whose cost is not known in the tenant's currency.")] long WithoutCost,
    decimal MarginBefore,
    decimal MarginAfter,
    [property: Description("Calls with a price on both sides, and not the same.")] long PricedOtherwise,
    [property: Description("Calls whose price before is not what was charged.")] long ChargedOtherwise,
    [property: Description("Calls that have no price any more.")] long Lost,
    [property: Description("What those come to before.")] decimal LostWorth,
    [property: Description("Calls that had no price and have one.")] long Gained,
    decimal GainedWorth,
    [property: Description("Calls without a price on either side.")] long Unrated)
{
    public static WhatIfFiguresView Of(WhatIfFigures figures) => new(
        figures.Calls, figures.Seconds, figures.Charged, figures.Before, figures.After, figures.Change, figures.ChangePercent, figures.Cost, figures.WithoutCost, figures.MarginBefore, figures.MarginAfter,
        figures.PricedOtherwise, figures.ChargedOtherwise, figures.Lost, figures.LostWorth, figures.Gained, figures.GainedWorth, figures.Unrated);
}
