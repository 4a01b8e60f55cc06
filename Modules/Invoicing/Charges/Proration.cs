using Billing.Abstractions.Values;
using Billing.Catalog.Products;

namespace Billing.Invoicing.Charges;

/// <summary>What part of a period costs (rules P1, P2 of the trade: charging and crediting use the same basis).</summary>
public static class Proration
{
    /// <summary>Prices the days of <paramref name="part"/> out of the whole <paramref name="period"/>.</summary>
    /// <param name="price">The whole period's price.</param>
    /// <param name="part">Days charged for, inside the period.</param>
    /// <param name="period">The whole period.</param>
    /// <param name="months">Its length in months.</param>
    /// <param name="basis">What a day costs.</param>
    /// <param name="coin">Amounts are rounded half up to a multiple of this.</param>
    public static ProratedSlice Price(decimal price, DateInterval part, DateInterval period, int months, ProrationBasis basis, decimal coin)
    {
        var (days, of) = basis switch
        {
            ProrationBasis.Actual => (part.Days, period.Days),
            ProrationBasis.Thirty => (part.Days, 30 * months),
            ProrationBasis.Thirty360 => (Days360(part), 30 * months),
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Unknown proration basis."),
        };
        // A whole period costs the price, whatever its days add up to; 30 days out of 31 at "30" cost no more than that.
        var share = part == period || days >= of ? price : price * days / of;
        return new ProratedSlice(part, part == period ? of : Math.Min(days, of), of, Money.Round(share, Rounding.HalfUp, coin));
    }

    // 30/360: the 31st counts as the 30th, and a month that ends counts as full.
    private static int Days360(DateInterval days)
    {
        var (from, to) = (days.From, days.To!.Value);
        return (to.Year - from.Year) * 360 + (to.Month - from.Month) * 30 + Math.Min(to.Day, 30) - Math.Min(from.Day, 30);
    }
}
