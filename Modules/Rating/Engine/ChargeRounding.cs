using Billing.Abstractions.Values;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>A tariff's rounding, prepared: units that are a power of ten need no division. For amounts that are not negative.</summary>
sealed class ChargeRounding
{
    private readonly TariffRounding rounding;
    private readonly int decimals;                          // -1: the unit is no power of ten such as 0.001
    private readonly MidpointRounding mode;

    public ChargeRounding(TariffRounding rounding)
    {
        this.rounding = rounding;
        decimals = -1;
        for (var places = 0; places <= PriceText.MostDecimals; places++)
            if (rounding.Unit == new decimal(1, 0, 0, false, (byte)places)) decimals = places;
        mode = rounding.Mode switch
        {
            Rounding.Up => MidpointRounding.ToPositiveInfinity,
            Rounding.Down => MidpointRounding.ToZero,
            Rounding.HalfUp => MidpointRounding.AwayFromZero,
            _ => MidpointRounding.ToEven,
        };
    }

    public TariffRounding Terms => rounding;

    /// <summary>The amount as it is charged: a multiple of the unit, or unchanged where the invoice line rounds.</summary>
    public decimal Apply(decimal amount)
    {
        if (rounding.Level == RoundingLevel.Line) return amount;
        return decimals >= 0 ? decimal.Round(amount, decimals, mode) : Money.Round(amount, rounding.Mode, rounding.Unit);
    }
}
