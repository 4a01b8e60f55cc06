namespace Billing.Rating.RateCards;

/// <summary>One price for all time bands, or one for each. Major units.</summary>
public sealed class BandPrice
{
    private readonly decimal[] prices;

    private BandPrice(decimal[] prices) => this.prices = prices;

    /// <summary>The same price at any time.</summary>
    public static BandPrice Flat(decimal price) => new([price]);

    /// <summary>One price a band, in the order of <see cref="Tariff.TimeBands"/>; at least one.</summary>
    public static BandPrice PerBand(IReadOnlyList<decimal> prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentOutOfRangeException.ThrowIfZero(prices.Count);
        var all = prices.All(price => price == prices[0]) ? [prices[0]] : prices.ToArray();
        return new(all);
    }

    /// <summary>True when no band differs from another.</summary>
    public bool IsFlat => prices.Length == 1;

    /// <summary>The lowest price of any band.</summary>
    public decimal Lowest => prices.Min();

    /// <summary>The highest price of any band.</summary>
    public decimal Highest => prices.Max();

    /// <summary>Each price made into another.</summary>
    internal BandPrice Each(Func<decimal, decimal> change) => PerBand([.. prices.Select(change)]);

    /// <summary>The price in a band, by its position in <see cref="Tariff.TimeBands"/>.</summary>
    public decimal In(int band) => IsFlat ? prices[0] : prices[band];
}
