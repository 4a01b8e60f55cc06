using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.Engine;

/// <summary>Charges made of the carrier's cost: a mark-up for a class of destinations, then the last one for whatever is left (R13, 2.3).</summary>
public class CostPlusTests
{
    private const string Rates = """
        [{ "prefix": "44", "destination": "UK", "perMinute": "0.05" }, { "prefix": "447", "destination": "UK mobile", "costPlusPercent": "10" },
         { "chargeCode": "INTL", "destination": "International", "costPlusPercent": "40" }, { "prefix": "44800", "destination": "Freephone", "free": true }]
        """;

    [Theory]
    [InlineData("+442079460000", "", "0.0509")]
    [InlineData("+447700900123", "", "0.11")]
    [InlineData("+33123456789", "INTL", "0.14")]
    [InlineData("+33123456789", "", "0.15")]
    [InlineData("+448001111111", "", "0")]
    public void R13_a_rate_comes_first_then_the_mark_up_of_the_class_then_the_last_one(string to, string code, string expected)
    {
        var tariff = Some.Tariff(Some.Document(Rates, more: """{ "costMarkup": { "percent": "50" } }"""));
        Some.Charge(tariff, Some.Call(to, chargeCode: code, cost: 0.10m)).ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void TAR5_without_a_last_mark_up_an_unknown_destination_is_an_error_and_so_is_a_missing_cost()
    {
        var tariff = Some.Tariff(Some.Document(Rates));
        tariff.Rate(Some.Call("+33123456789", cost: 0.10m)).Error.ShouldBe(RatingError.UnknownDestination);
        tariff.Rate(Some.Call("+447700900123")).Error.ShouldBe(RatingError.NoCost);
        tariff.Rate(Some.Call("+447700900123", cost: 0.10m, currency: "EUR")).Error.ShouldBe(RatingError.Currency);
    }

    [Theory]
    [InlineData("free", RatingError.None)]
    [InlineData("error", RatingError.ZeroCost)]
    public void R13_a_cost_of_zero_is_what_the_tariff_says_it_is(string rule, RatingError error)
    {
        var tariff = Some.Tariff(Some.Document(Rates, more: $$"""{ "costMarkup": { "percent": "50" }, "costRules": { "zero": "{{rule}}" } }"""));
        tariff.Rate(Some.Call("+447700900123", cost: 0m)).Error.ShouldBe(error);
        tariff.Rate(Some.Call("+33123456789", cost: 0m)).Error.ShouldBe(error);
        tariff.Rate(Some.Call("+442079460000", cost: 0m)).Error.ShouldBe(RatingError.None, "a price of its own does not look at the cost");
        tariff.Rate(Some.Call("+447700900123", 0, cost: 0m)).Error.ShouldBe(RatingError.None, "nothing was used");
        if (error == RatingError.ZeroCost) RatingErrors.Explain(error, tariff.Tariff, Some.Call("+447700900123", cost: 0m)).Message.ShouldContain("+447700900123");
    }

    [Theory]
    [InlineData("with-markup", "-0.11", "-0.15")]
    [InlineData("as-given", "-0.10", "-0.10")]
    public void R13_a_negative_cost_gives_back_the_mark_up_or_not_as_the_tariff_says(string rule, string ofClass, string last)
    {
        var tariff = Some.Tariff(Some.Document(Rates, more: $$"""{ "costMarkup": { "percent": "50" }, "costRules": { "credit": "{{rule}}" } }"""));
        Some.Charge(tariff, Some.Call("+447700900123", cost: -0.10m)).ShouldBe(decimal.Parse(ofClass, System.Globalization.CultureInfo.InvariantCulture));
        Some.Charge(tariff, Some.Call("+33123456789", cost: -0.10m)).ShouldBe(decimal.Parse(last, System.Globalization.CultureInfo.InvariantCulture));
        Some.Charge(tariff, Some.Call("+447700900123", 0, cost: -0.10m)).ShouldBe(decimal.Parse(ofClass, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void R13_cost_and_charge_are_two_prices_each_by_its_own_rules()
    {
        // What the carrier should ask and what the customer pays: one call, two tariffs, neither knows the other.
        var buy = Some.TariffOf("""{ "prefix": "44", "destination": "UK", "perMinute": "0.0014", "interval": { "first": 1, "next": 1 } }""", "0.001");
        var sell = Some.TariffOf("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "interval": { "first": 60, "next": 60 } }""", "0.01", "half-up");
        var call = Some.Call(seconds: 61, cost: 0.002m);
        Some.Charge(buy, call).ShouldBe(0.002m);
        Some.Charge(sell, call).ShouldBe(0.10m);
        call.Cost.ShouldBe(0.002m);
    }

    [Theory]
    [InlineData("""{ "prefix": "44", "destination": "UK", "costPlusPercent": "10", "perMinute": "0.05" }""", "tariff.cost-plus-with-price")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "costPlusPercent": "10", "connection": "0.05" }""", "tariff.cost-plus-with-price")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "costPlusPercent": "10", "free": true }""", "tariff.free-with-price")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "costPlusPercent": "50000" }""", "tariff.bad-percent")]
    public void R13_a_rate_has_a_price_or_a_mark_up_and_not_both(string rate, string code) =>
        TariffReader.Read(Some.Document($"[{rate}]")).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
}
