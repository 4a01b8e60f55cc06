using Billing.Abstractions.Cdr;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>Turns a tariff into tables. Equal prices and equal terms are stored once: a deck has few of either.</summary>
sealed class TariffCompiler
{
    private static readonly int kindCount = Enum.GetValues<CdrKind>().Length;

    private readonly Tariff tariff;
    private readonly ZoneClock clock;
    private readonly List<decimal> prices = [];
    private readonly Dictionary<decimal, int> flatPrices = [];
    private readonly Dictionary<string, int> bandPrices = new(StringComparer.Ordinal);
    private readonly List<CompiledTerms> terms = [];
    private readonly Dictionary<CompiledTerms, int> termPositions = [];
    private readonly List<CompiledStage[]> stages = [];
    private readonly Dictionary<string, int> stagePositions = new(StringComparer.Ordinal);
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
        var indexes = new RateIndex[kindCount];
        for (var kind = 0; kind < kindCount; kind++) indexes[kind] = new RateIndex(tariff.Rates, (CdrKind)kind, compiler.CompileRate);
        return new CompiledTariff(tariff, indexes, [.. compiler.terms], [.. compiler.stages], [.. compiler.prices]);
    }

    private CompiledRate CompileRate(int position)
    {
        var rate = tariff.Rates[position];
        return new CompiledRate(
            rate.From is { } from ? SecondOf(from) : long.MinValue,
            rate.To is { } to ? SecondOf(to) : long.MaxValue,
            position,
            PoolPrice(rate.UnitPrice),
            CompileTerms(rate));
    }

    private long SecondOf(DateOnly day)
    {
        if (!days.TryGetValue(day, out var second)) days.Add(day, second = clock.StartOf(day));
        return second;
    }

    private int CompileTerms(Rate rate)
    {
        var isPlain = rate is { IsFree: false, Kind: CdrKind.Voice, ServiceRange: null, CostPlusPercent: null, Stages.Count: 0 } && rate.Terms == RateTerms.Unsaid;
        if (isPlain && unsaidTerms >= 0) return unsaidTerms;
        var said = rate.TermsIn(tariff.Defaults);
        var compiled = new CompiledTerms(rate.IsFree, said, PoolPrice, PoolStages(rate, said), rate.ServiceRange is not null, rate.CostPlusPercent);
        if (!termPositions.TryGetValue(compiled, out var position))
        {
            position = terms.Count;
            terms.Add(compiled);
            termPositions.Add(compiled, position);
        }
        if (isPlain) unsaidTerms = position;
        return position;
    }

    // The rate's own price is the first stage, so that the engine walks one list.
    private int PoolStages(Rate rate, RateTerms said)
    {
        if (rate.Stages.Count == 0) return -1;
        var list = new CompiledStage[rate.Stages.Count + 1];
        list[0] = new CompiledStage(0, rate.Stages[0].AfterSeconds, PoolPrice(rate.PerMinute), said.FirstSeconds ?? 1, said.NextSeconds ?? 1);
        for (var i = 0; i < rate.Stages.Count; i++)
        {
            var stage = rate.Stages[i];
            var to = i + 1 < rate.Stages.Count ? rate.Stages[i + 1].AfterSeconds : int.MaxValue;
            list[i + 1] = new CompiledStage(stage.AfterSeconds, to, PoolPrice(stage.PerMinute), stage.FirstSeconds, stage.NextSeconds);
        }
        var key = string.Join('|', list);
        if (stagePositions.TryGetValue(key, out var position)) return position;
        stagePositions.Add(key, stages.Count);
        stages.Add(list);
        return stages.Count - 1;
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
