using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Host.Demo;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Bench;

/// <summary>Pricing calls by a tariff of 60,000 prefixes and two bands, against the service code that most people write.</summary>
internal static class RateBench
{
    public static async Task RunAsync(BenchOptions options, TextWriter to)
    {
        var deck = new Deck(options.Seed, 60_000);
        var tariff = CompiledTariff.Compile(TariffReader.Read(deck.Document()).TariffOrThrow());
        var random = new DemoRandom((ulong)options.Seed, "bench/rate");
        var calls = Enumerable.Range(0, options.Lines).Select(_ => new Call(
            deck.Prefixes[random.Below(deck.Prefixes.Count)] + random.Below(1_000_000).ToString("000000", CultureInfo.InvariantCulture),
            new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Below(30 * 86_400)), random.Between(1, 1800))).ToArray();
        var dialled = calls.Select(call => E164Number.TryCreate(ulong.Parse(call.Number, CultureInfo.InvariantCulture), out var number) ? new DialledNumber(number) : default).ToArray();
        var plain = new PlainRating(deck);
        long allocated = 0;

        var service = Variant.Of("ordinary service code", options.Lines, () => calls.Sum(plain.Price));
        var one = Variant.Of("ours, one core", options.Lines, () =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var sum = Sum(tariff, calls, dialled, 0, calls.Length);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return sum;
        });
        var two = new Variant("ours, two cores", options.Lines, async () =>
        {
            var half = Task.Run(() => Sum(tariff, calls, dialled, 0, calls.Length / 2));
            return Sum(tariff, calls, dialled, calls.Length / 2, calls.Length) + await half;
        });
        await new Rounds(options.Rounds, Console.Error).RunAsync(service, one, two);

        Rounds.Print(to, "calls", service, one, two);
        Rounds.Goal(to, "P3 times as fast as ordinary service code", service.TimesOf(one), 3, atMost: false);
        Rounds.Goal(to, "P3 million calls a second and core", 1 / one.Median / 1e6, 3, atMost: false);
        Rounds.Goal(to, "P3 two cores, times as fast as one", one.TimesOf(two), 1.8, atMost: false);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bytes allocated a call: {(double)allocated / calls.Length:0.00}"));
    }

    private static decimal Sum(CompiledTariff tariff, Call[] calls, DialledNumber[] dialled, int from, int to)
    {
        var sum = 0m;
        for (var i = from; i < to; i++)
        {
            var charge = tariff.Rate(new CallToRate { StartedAt = calls[i].At, To = dialled[i], DurationSeconds = calls[i].Seconds });
            if (!charge.IsRated) throw new InvalidOperationException(charge.Error.ToString());
            sum += charge.Charge;
        }
        return sum;
    }

    internal readonly record struct Call(string Number, DateTimeOffset At, int Seconds);
}
