using System.Globalization;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Xunit.Abstractions;

namespace Billing.Rating.Tests.RateCards;

/// <summary>Real rate decks, read in place where the shared sample data lies beside the repository.</summary>
public class SharedDeckTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("feature", "N2")]
    public void A_deck_of_14_805_prefixes_loads_and_prices_as_a_plain_search_does()
    {
        if (Repository.SharedData("rates", "astpp", "az_buy_rates.csv") is not { } path)
        {
            output.WriteLine("Not run: shared/data/rates/astpp/az_buy_rates.csv is not on this machine.");
            return;
        }

        // The deck's own columns under our names; its one increment is both the first interval and the next.
        var lines = File.ReadAllLines(path);
        var sheet = string.Join('\n', lines.Skip(1).Select(line => $"{line},{line[(line.LastIndexOf(',') + 1)..]}")
            .Prepend("prefix,destination,connection,free_seconds,per_minute,first,next"));
        using var csv = new StringReader(sheet);
        var frame = TariffReader.Read(Some.Document(rounding: """{ "mode": "half-up", "unit": "0.000001", "level": "call" }""")).TariffOrThrow();
        var tariff = RateSheet.Read(csv, frame, RateSheetMode.Replace).TariffOrThrow();
        tariff.Rates.Count.ShouldBe(14_805);
        var compiled = CompiledTariff.Compile(tariff);

        var byPrefix = tariff.Rates.ToDictionary(rate => rate.Key);
        var random = new Random(14_805);
        var found = 0;
        for (var i = 0; i < 50_000; i++)
        {
            // Half of the numbers continue a prefix of the deck; the others are anything.
            var head = i % 2 == 0 ? tariff.Rates[random.Next(tariff.Rates.Count)].Key : random.Next(1, 1000).ToString(CultureInfo.InvariantCulture);
            var number = head + random.NextInt64(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);
            if (number.Length > 15) number = number[..15];
            var seconds = random.Next(1, 4000);
            var expected = Enumerable.Range(1, number.Length).Select(n => number[..n]).LastOrDefault(byPrefix.ContainsKey);
            var charge = compiled.Rate(Some.Call($"+{number}", seconds));
            if (expected is null)
            {
                charge.Error.ShouldBe(RatingError.UnknownDestination);
                continue;
            }
            found++;
            var rate = byPrefix[expected];
            if (tariff.Rates[charge.RateIndex] != rate) tariff.Rates[charge.RateIndex].ShouldBe(rate, number);
            var billable = (seconds + 5) / 6 * 6;
            var amount = decimal.Round(rate.PerMinute!.In(0) * billable / 60m + (rate.Terms.Connection?.In(0) ?? 0), 6, MidpointRounding.AwayFromZero);
            if (charge.Charge != amount) charge.Charge.ShouldBe(amount, $"{number} {seconds} s");
        }
        output.WriteLine($"{tariff.Rates.Count} rates; {found} of 50,000 numbers have one.");
        found.ShouldBeGreaterThan(25_000);
    }

    [Fact]
    public void A_deck_of_4_743_prefixes_with_plus_signs_loads()
    {
        if (Repository.SharedData("rates", "ivozprovider", "prices_sample.csv") is not { } path)
        {
            output.WriteLine("Not run: shared/data/rates/ivozprovider/prices_sample.csv is not on this machine.");
            return;
        }

        var lines = File.ReadAllLines(path);
        output.WriteLine($"Header of the deck: {lines[0]}");
        using var csv = new StringReader(string.Join('\n', lines.Skip(1).Prepend("destination,prefix,per_minute,connection,next").Select((line, i) => i == 0 ? line + ",first" : line + ",1")));
        var reading = RateSheet.Read(csv, TariffReader.Read(Some.Document()).TariffOrThrow(), RateSheetMode.Replace);
        reading.TariffOrThrow().Rates.Count.ShouldBe(4_743);
    }
}
