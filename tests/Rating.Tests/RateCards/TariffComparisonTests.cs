using Billing.Rating.RateCards;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.RateCards;

public class TariffComparisonTests
{
    [Fact]
    public void A_version_compared_with_itself_changes_nothing() =>
        Prop.ForAll(Tariffs.ToArbitrary(), tariff => TariffComparison.Of(tariff, TariffReader.Read(TariffWriter.Write(tariff)).TariffOrThrow()).IsEmpty).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_added_one_way_is_removed_the_other_and_nothing_is_left_out()
    {
        var pairs = Tariffs.SelectMany(before => Tariffs.Select(after => (before, after)));
        Prop.ForAll(pairs.ToArbitrary(), pair =>
        {
            var there = TariffComparison.Of(pair.before, pair.after);
            var back = TariffComparison.Of(pair.after, pair.before);
            return there.Added.Count == back.Removed.Count && there.Removed.Count == back.Added.Count && there.Changed.Count == back.Changed.Count
                && there.Added.Count + there.Changed.Count + there.Unchanged == pair.after.Rates.Count
                && there.Removed.Count + there.Changed.Count + there.Unchanged == pair.before.Rates.Count;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_changed_rate_has_its_old_and_its_new_price()
    {
        var before = TariffReader.Read(Some.Document("""[{ "prefix": "44", "destination": "UK", "perMinute": "0.05" }, { "prefix": "33", "destination": "France", "perMinute": "0.1" }]""")).TariffOrThrow();
        var after = TariffReader.Read(Some.Document("""[{ "prefix": "44", "destination": "UK", "perMinute": "0.06" }, { "prefix": "49", "destination": "Germany", "perMinute": "0.1" }]""")).TariffOrThrow();

        var comparison = TariffComparison.Of(before, after);

        comparison.Changed.Single().ShouldSatisfyAllConditions(c => c.Before.PerMinute!.In(0).ShouldBe(0.05m), c => c.After.PerMinute!.In(0).ShouldBe(0.06m));
        comparison.Added.Single().Destination.ShouldBe("Germany");
        comparison.Removed.Single().Destination.ShouldBe("France");
    }

    [Fact]
    public void Another_rounding_is_said_in_words() => TariffComparison.Of(
        TariffReader.Read(Some.Document()).TariffOrThrow(),
        TariffReader.Read(Some.Document(rounding: """{ "mode": "half-up", "unit": "0.01", "level": "line" }""")).TariffOrThrow())
        .Frame.ShouldBe(["Rounding: up to 0.0001 each call becomes half-up to 0.01 each line."]);

    private static Gen<Tariff> Tariffs => Gen.Choose(1, 6).SelectMany(count => Gen.Choose(0, 3).ListOf(count).Select(prices =>
        TariffReader.Read(Some.Document("[" + string.Join(",", prices.Select((price, i) => $$"""{ "prefix": "{{33 + i * 3 + price % 2}}", "destination": "D{{i}}", "perMinute": "0.0{{price}}" }""")) + "]")).TariffOrThrow()));
}
