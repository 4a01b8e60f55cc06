using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>Turns a tariff into tables. Equal prices and equal terms are stored once: a deck has few of either.</summary>
sealed class TariffCompiler
{
    private readonly Tariff tariff;
    private readonly ZoneClock clock;
    private readonly List<decimal> prices = [];
    private readonly Dictionary<decimal, int> flatPrices = [];
    private readonly Dictionary<string, int> bandPrices = new(StringComparer.Ordinal);
    private readonly List<CompiledTerms> terms = [];
    private readonly Dictionary<CompiledTerms, int> termPositions = [];
    private readonly Dictionary<DateOnly, long> days = [];
    private int unsaidTerms = -1;

    private TariffCompiler(Tariff tariff)
    {
        this.tariff = tariff;
        clock = ZoneClock.For(tariff.TimeZone);
    }

    public static CompiledTariff Compile(Tariff tariff)
    {
        var compiler = new TariffCompiler(tariff);
        var index = new RateIndex(tariff.Rates, compiler.CompileRate);
        return new CompiledTariff(tariff, index, [.. compiler.terms], [.. compiler.prices]);
    }

    private CompiledRate CompileRate(int position)
    {
        var rate = tariff.Rates[position];
        return new CompiledRate(
            rate.From is { } from ? SecondOf(from) : long.MinValue,
            rate.To is { } to ? SecondOf(to) : long.MaxValue,
            position,
            PoolPrice(rate.PerMinute),
            CompileTerms(rate));
    }

    private long SecondOf(DateOnly day)
    {
        if (!days.TryGetValue(day, out var second)) days.Add(day, second = clock.StartOf(day));
        return second;
    }

    private int CompileTerms(Rate rate)
    {
        var isPlain = !rate.IsFree && rate.Terms == RateTerms.Unsaid;
        if (isPlain && unsaidTerms >= 0) return unsaidTerms;
        var compiled = new CompiledTerms(rate.IsFree, rate.IsFree ? RateTerms.Unsaid : rate.Terms.Or(tariff.Defaults), PoolPrice);
        if (!termPositions.TryGetValue(compiled, out var position))
        {
            position = terms.Count;
            terms.Add(compiled);
            termPositions.Add(compiled, position);
        }
        if (isPlain) unsaidTerms = position;
        return position;
    }

    private int PoolPrice(BandPrice? price)
    {
        if (price is null) return -1;
        var bandCount = tariff.TimeBands.Count;
        int position;
        if (price.IsFlat)
        {
            if (flatPrices.TryGetValue(price.In(0), out position)) return position;
            flatPrices.Add(price.In(0), position = prices.Count);
        }
        else
        {
            var key = string.Join('|', Enumerable.Range(0, bandCount).Select(band => PriceText.Write(price.In(band))));
            if (bandPrices.TryGetValue(key, out position)) return position;
            bandPrices.Add(key, position = prices.Count);
        }
        for (var band = 0; band < bandCount; band++) prices.Add(price.In(band));
        return position;
    }
}
