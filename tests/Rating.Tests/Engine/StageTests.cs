using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.Engine;

/// <summary>Prices that change within a call: from a second on another price and other steps.</summary>
public class StageTests
{
    private const string PerCallThenPerMinute = """
        { "prefix": "44", "destination": "UK", "perCall": "0.05", "stages": [{ "after": 60, "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }] }
        """;

    private const string FirstMinuteWhole = """
        { "prefix": "44", "destination": "UK", "perMinute": "0.10", "interval": { "first": 60, "next": 60 },
          "stages": [{ "after": 60, "perMinute": "0.06", "interval": { "first": 1, "next": 1 } }] }
        """;

    [Theory]
    [InlineData(1, "0.05", 0)]
    [InlineData(60, "0.05", 0)]
    [InlineData(61, "0.0509", 1)]
    [InlineData(120, "0.10", 60)]
    [InlineData(600, "0.50", 540)]
    public void N5_five_pence_a_call_and_five_a_minute_after_the_first(int seconds, string expected, int billable)
    {
        var charge = Some.TariffOf(PerCallThenPerMinute).Rate(Some.Call(seconds: seconds));
        charge.Charge.ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        charge.BillableSeconds.ShouldBe(billable);
    }

    [Theory]
    [InlineData(1, "0.10", 60)]
    [InlineData(60, "0.10", 60)]
    [InlineData(61, "0.101", 61)]
    [InlineData(90, "0.13", 90)]
    public void R5_the_first_minute_whole_then_by_the_second_at_another_price(int seconds, string expected, int billable)
    {
        var charge = Some.TariffOf(FirstMinuteWhole).Rate(Some.Call(seconds: seconds));
        charge.Charge.ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        charge.BillableSeconds.ShouldBe(billable);
    }

    [Fact]
    public void R6_stages_and_bands_go_together_when_a_call_is_split()
    {
        var tariff = Some.Tariff(Some.Document(
            rates: """
                [{ "prefix": "44", "destination": "UK", "perMinute": "0.10", "interval": { "first": 60, "next": 60 },
                   "stages": [{ "after": 60, "perMinute": { "peak": "0.06", "off-peak": "0.03" }, "interval": { "first": 1, "next": 1 } }] }]
                """,
            timeBands: Some.PeakAndOffPeak, bandPricing: "\"split\""));
        // The second minute begins at 17:59:30: half of it is peak.
        Some.Charge(tariff, Some.Call(at: "2026-03-26T17:58:30Z", seconds: 120)).ShouldBe(0.10m + 0.03m + 0.015m);
    }

    [Fact]
    public void R4_free_seconds_come_before_the_first_stage()
    {
        var tariff = Some.TariffOf(FirstMinuteWhole.Replace("\"stages\"", "\"freeSeconds\": 10, \"stages\"", StringComparison.Ordinal));
        Some.Charge(tariff, Some.Call(seconds: 10)).ShouldBe(0m);
        Some.Charge(tariff, Some.Call(seconds: 70)).ShouldBe(0.10m);
        Some.Charge(tariff, Some.Call(seconds: 80)).ShouldBe(0.11m);
    }

    [Fact]
    public void R5_one_price_in_two_stages_is_that_price()
    {
        var cases = Gen.Choose(1, 20).SelectMany(first => Gen.Choose(1, 20).SelectMany(next => Gen.Choose(1, 10).SelectMany(steps => Gen.Choose(1, 2_000).Select(seconds => (first, next, steps, seconds)))));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var after = c.first + c.next * c.steps;
            var plain = $$"""{ "prefix": "44", "destination": "UK", "perMinute": "0.07", "interval": { "first": {{c.first}}, "next": {{c.next}} } }""";
            var staged = plain[..plain.LastIndexOf('}')] + $$""", "stages": [{ "after": {{after}}, "perMinute": "0.07", "interval": { "first": {{c.next}}, "next": {{c.next}} } }] }""";
            return Some.TariffOf(staged).Rate(Some.Call(seconds: c.seconds)) == Some.TariffOf(plain).Rate(Some.Call(seconds: c.seconds));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("""[{ "after": 45, "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }]""", "tariff.stage-overlap", "$.rates[0].stages[0].after", "stages[0]", "the rate's own price")]
    [InlineData("""[{ "after": 60, "perMinute": "0.05", "interval": { "first": 60, "next": 60 } }, { "after": 90, "perMinute": "0.04", "interval": { "first": 1, "next": 1 } }]""", "tariff.stage-overlap", "$.rates[0].stages[1].after", "stages[1]", "stages[0]")]
    [InlineData("""[{ "after": 120, "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }, { "after": 60, "perMinute": "0.04", "interval": { "first": 1, "next": 1 } }]""", "tariff.stage-overlap", "$.rates[0].stages[1].after", "stages[1]", "stages[0]")]
    [InlineData("""[{ "after": 0, "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }]""", "tariff.bad-seconds", "$.rates[0].stages[0].after", "0", "1")]
    [InlineData("""[{ "after": 60, "perMinute": "0.05" }]""", "tariff.missing-member", "$.rates[0].stages[0].interval", "interval", "stage")]
    [InlineData("""[{ "after": 60, "perMinute": "-1", "interval": { "first": 1, "next": 1 } }]""", "tariff.negative-price", "$.rates[0].stages[0].perMinute", "-1", "negative")]
    public void Stages_that_overlap_or_say_too_little_are_refused_and_both_are_named(string stages, string code, string place, string one, string other)
    {
        var error = TariffReader.Read(Some.Document($$"""[{ "prefix": "44", "destination": "UK", "perMinute": "0.10", "interval": { "first": 60, "next": 60 }, "stages": {{stages}} }]""")).Errors.ShouldHaveSingleItem();
        (error.Code, error.Place).ShouldBe((code, place));
        error.Message.ShouldContain(one);
        error.Message.ShouldContain(other);
    }
}
