namespace Billing.Usage.WhatIf;

/// <summary>Figures while they are being counted.</summary>
internal sealed class WhatIfTally
{
    private long calls, seconds, withoutCost, pricedOtherwise, chargedOtherwise, lost, gained, unrated;
    private decimal charged, before, after, cost, lostWorth, gainedWorth;

    /// <summary>A bit for each month that has calls.</summary>
    public uint Months { get; private set; }

    /// <summary>Adds one call.</summary>
    /// <param name="month">Position of its month.</param>
    /// <param name="callSeconds">Answered seconds.</param>
    /// <param name="stored">What was charged; null where it has no price so far.</param>
    /// <param name="priceBefore">Its charge under the published tariffs; null where it has none.</param>
    /// <param name="priceAfter">Its charge with the change; null where it has none.</param>
    /// <param name="callCost">The carrier's charge in the tenant's currency; null where it is not known.</param>
    public void Add(int month, int callSeconds, decimal? stored, decimal? priceBefore, decimal? priceAfter, decimal? callCost)
    {
        calls++;
        seconds += callSeconds;
        Months |= 1u << month;
        charged += stored ?? 0;
        before += priceBefore ?? 0;
        after += priceAfter ?? 0;
        if (stored != priceBefore) chargedOtherwise++;
        if (callCost is { } known) cost += known;
        else withoutCost++;
        switch (priceBefore, priceAfter)
        {
            case ({ } had, { } has):
                if (had != has) pricedOtherwise++;
                break;
            case ({ } had, null):
                lost++;
                lostWorth += had;
                break;
            case (null, { } has):
                gained++;
                gainedWorth += has;
                break;
            default:
                unrated++;
                break;
        }
    }

    public WhatIfFigures ToFigures() =>
        new(calls, seconds, charged, before, after, cost, withoutCost, pricedOtherwise, chargedOtherwise, lost, lostWorth, gained, gainedWorth, unrated);
}
