using Billing.Rating.RateCards;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.RateCards;

/// <summary>All prices of a tariff higher or lower by one percentage.</summary>
public class TariffRaiseTests
{
    [Fact]
    [Trait("feature", "3.5")]
    public void F3_5_every_price_of_ours_is_raised_and_nothing_else()
    {
        var tariff = TariffReader.Read("""
            {
              "formatVersion": 1, "name": "All", "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
              "accessCharge": { "perMinute": "0.12", "interval": { "first": 60, "next": 60 } }, "data": { "megabyte": 1000000, "roundUpTo": 1 }, "costMarkup": { "percent": "20" },
              "defaults": { "interval": { "first": 60, "next": 1 }, "connection": "0.02", "minimum": "0.10", "maximum": "2" },
              "rates": [
                { "prefix": "44", "destination": "UK", "perMinute": "0.03" },
                { "prefix": "44845", "destination": "0845", "serviceCharge": "084", "perMinute": "0.05", "interval": { "first": 60, "next": 60 } },
                { "prefix": "44808", "destination": "Freephone", "free": true },
                { "prefix": "33", "destination": "France", "costPlusPercent": "30" },
                { "kind": "sms", "prefix": "44", "destination": "Messages", "perMessage": "0.04" },
                { "kind": "data", "any": true, "destination": "Data", "perMegabyte": "0.01" }
              ]
            }
            """).TariffOrThrow();

        var raised = TariffRaise.By(tariff, 5).TariffOrThrow();

        raised.Rates.Single(r => r.Key == "44" && r.PerMinute is not null).PerMinute!.Highest.ShouldBe(0.0315m);
        (raised.Defaults.Connection!.Highest, raised.Defaults.Minimum, raised.Defaults.Maximum).ShouldBe((0.021m, 0.105m, 2.1m));
        raised.AccessCharge!.PerMinute.ShouldBe(0.126m);
        raised.Rates.Single(r => r.PerMessage is not null).PerMessage!.Highest.ShouldBe(0.042m);
        raised.Rates.Single(r => r.PerMegabyte is not null).PerMegabyte!.Highest.ShouldBe(0.0105m);
        raised.Rates.Single(r => r.Key == "44845").PerMinute!.Highest.ShouldBe(0.05m, "the service charge is somebody else's price");
        (raised.Rates.Single(r => r.Key == "33").CostPlusPercent, raised.CostMarkup!.Percent).ShouldBe((30m, 20m));
        raised.Rates.Count.ShouldBe(tariff.Rates.Count);
    }

    [Fact]
    [Trait("feature", "3.5")]
    public void F3_5_by_nothing_it_is_the_same_document() => Prop.ForAll(RandomTariff.Documents.ToArbitrary(), document =>
    {
        var tariff = TariffReader.Read(document).TariffOrThrow();
        return TariffWriter.Write(TariffRaise.By(tariff, 0).TariffOrThrow()) == TariffWriter.Write(tariff);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-100)]
    [InlineData(1000.1)]
    public void A_percentage_that_leaves_no_price_or_an_absurd_one_is_a_mistake(double percent) =>
        Should.Throw<ArgumentOutOfRangeException>(() => TariffRaise.By(TariffReader.Read(Some.Document()).TariffOrThrow(), (decimal)percent));
}
