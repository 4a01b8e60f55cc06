using Billing.Rating.Engine;

namespace Billing.Rating.Tests.Engine;

/// <summary>The arithmetic of one call (R1 to R8, R13, R16, R17); the rule book's worked figures are in <see cref="WorkedVectorTests"/>.</summary>
public class ChargeTests
{
    private const string FivePence = """{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "connection": "0.03", "interval": { "first": 60, "next": 1 } }""";

    [Fact]
    [Trait("feature", "R16")]
    public void R16_a_credit_is_not_held_to_a_positive_minimum()
    {
        var rate = FivePence.Replace("\"interval\"", "\"minimum\": \"0.10\", \"interval\"", StringComparison.Ordinal);
        Some.Charge(Some.TariffOf(rate), Some.Call(cost: -0.01m)).ShouldBe(-0.10m);
    }

    [Fact]
    [Trait("feature", "R16")]
    public void R16_a_credit_without_a_duration_is_the_carriers_own_amount() =>
        Some.Charge(Some.TariffOf(FivePence), Some.Call(seconds: 0, cost: -1.23456m)).ShouldBe(-1.2346m);

    [Fact]
    [Trait("feature", "R16")]
    public void R16_a_negative_duration_is_a_credit_too_but_not_with_a_positive_cost()
    {
        var tariff = Some.TariffOf(FivePence);
        Some.Charge(tariff, Some.Call(seconds: -61)).ShouldBe(-0.0809m);
        tariff.Rate(Some.Call(seconds: -61, cost: 0.05m)).Error.ShouldBe(RatingError.BadDuration);
    }

    [Fact]
    [Trait("feature", "R1")]
    public void R1_a_call_of_zero_seconds_costs_nothing_not_even_the_set_up_fee()
    {
        var charge = Some.TariffOf(FivePence).Rate(Some.Call(seconds: 0, cost: 0.02m));
        charge.IsRated.ShouldBeTrue();
        charge.Charge.ShouldBe(0m);
        charge.BillableSeconds.ShouldBe(0);
    }

    [Fact]
    [Trait("feature", "R4")]
    public void R4_minimum_charge_shortest_duration_charged_and_shortest_duration_chargeable_are_three_things()
    {
        const string rate = """
            { "prefix": "44", "destination": "UK", "perMinute": "0.06", "interval": { "first": 30, "next": 1 }, "minimumSeconds": 3, "minimum": "0.05" }
            """;
        var tariff = Some.TariffOf(rate);
        Some.Charge(tariff, Some.Call(seconds: 2)).ShouldBe(0m);
        tariff.Rate(Some.Call(seconds: 3)).BillableSeconds.ShouldBe(30);
        Some.Charge(tariff, Some.Call(seconds: 3)).ShouldBe(0.05m);
        Some.Charge(tariff, Some.Call(seconds: 120)).ShouldBe(0.12m);
    }

    [Fact]
    [Trait("feature", "R3")]
    public void R3_free_seconds_come_off_before_the_interval_and_leave_the_connection_charge()
    {
        var tariff = Some.TariffOf("""{ "prefix": "44", "destination": "UK", "perMinute": "0.06", "connection": "0.02", "freeSeconds": 10, "interval": { "first": 30, "next": 6 } }""");
        Some.Charge(tariff, Some.Call(seconds: 10)).ShouldBe(0.02m);
        tariff.Rate(Some.Call(seconds: 41)).BillableSeconds.ShouldBe(36);
        Some.Charge(tariff, Some.Call(seconds: 41)).ShouldBe(0.056m);
    }

    [Theory]
    [Trait("feature", "R3")]
    [InlineData("true", "0.50")]
    [InlineData("false", "0.53")]
    public void R3_a_maximum_caps_usage_with_or_without_the_set_up_fee(string includes, string expected)
    {
        var rate = FivePence.Replace("\"interval\"", $"\"maximum\": \"0.50\", \"maximumIncludesConnection\": {includes}, \"interval\"", StringComparison.Ordinal);
        Some.Charge(Some.TariffOf(rate), Some.Call(seconds: 3600)).ShouldBe(Of(expected));
    }

    [Fact]
    [Trait("feature", "R3")]
    public void R3_a_price_per_call_counts_as_usage_so_a_minimum_before_connection_can_be_reached_by_it()
    {
        var tariff = Some.TariffOf("""{ "shortCode": "118500", "destination": "Directory enquiries", "perCall": "1.50", "connection": "0.10", "minimum": "1.00", "minimumIncludesConnection": false }""");
        Some.Charge(tariff, Some.Call(to: "118500", seconds: 5)).ShouldBe(1.60m);
    }

    [Fact]
    [Trait("feature", "R17")]
    public void R17_a_free_destination_costs_nothing_whatever_the_defaults_and_the_shorter_prefix_say()
    {
        var tariff = Some.Tariff(Some.Document(
            rates: """
                [{ "prefix": "44", "destination": "UK", "perMinute": "0.05" }, { "prefix": "44800", "destination": "Freephone", "free": true },
                 { "shortCode": "999", "destination": "Emergency", "free": true }, { "shortCode": "116*", "destination": "Helplines", "free": true }]
                """,
            defaults: """{ "interval": { "first": 60, "next": 60 }, "connection": "0.03", "minimum": "0.10" }"""));
        Some.Charge(tariff, Some.Call(to: "+448001111111")).ShouldBe(0m);
        Some.Charge(tariff, Some.Call(to: "999")).ShouldBe(0m);
        Some.Charge(tariff, Some.Call(to: "116123")).ShouldBe(0m);
        Some.Charge(tariff, Some.Call()).ShouldBe(0.13m);
    }

    [Theory]
    [Trait("feature", "R8")]
    [InlineData("2026-03-26T17:59:59Z", "peak")]
    [InlineData("2026-03-26T18:00:00Z", "off-peak")]
    [InlineData("2026-03-30T06:59:59Z", "off-peak")]
    [InlineData("2026-03-30T07:00:00Z", "peak")]
    [InlineData("2026-03-28T12:00:00Z", "off-peak")]
    public void R8_bands_run_on_the_tariffs_clock_and_their_ends_are_exclusive(string at, string band)
    {
        var tariff = TwoPenceThenOne("at-start", "call");
        tariff.Tariff.TimeBands[tariff.Rate(Some.Call(at: at)).BandIndex].Name.ShouldBe(band);
    }

    [Fact]
    [Trait("feature", "R7")]
    public void R7_a_bank_holiday_is_a_weekday_unless_the_tariff_has_a_calendar()
    {
        var bands = Some.PeakAndOffPeak.Replace("\"sun\"", "\"sun\", \"holiday\"", StringComparison.Ordinal);
        const string rates = """[{ "prefix": "44", "destination": "UK", "perMinute": { "peak": "0.02", "off-peak": "0.01" } }]""";
        var without = Some.Tariff(Some.Document(rates, timeBands: Some.PeakAndOffPeak));
        var with = Some.Tariff(Some.Document(rates, timeBands: bands, more: """{ "holidays": { "name": "England and Wales", "dates": ["2026-04-03", "2026-04-06"] } }"""));
        var goodFriday = Some.Call(at: "2026-04-03T10:00:00Z", seconds: 60);
        Some.Charge(without, goodFriday).ShouldBe(0.02m);
        Some.Charge(with, goodFriday).ShouldBe(0.01m);
        Some.Charge(with, Some.Call(at: "2026-04-04T10:00:00Z", seconds: 60)).ShouldBe(0.01m);
        Some.Charge(with, Some.Call(at: "2026-04-07T10:00:00Z", seconds: 60)).ShouldBe(0.02m);
    }

    [Fact]
    [Trait("feature", "R13")]
    public void R13_a_call_that_no_rate_prices_is_the_carriers_cost_and_a_mark_up()
    {
        var tariff = Some.Tariff(Some.Document(rates: "[]", more: """{ "costMarkup": { "percent": "15" } }"""));
        Some.Charge(tariff, Some.Call(cost: 0.0123m)).ShouldBe(0.0142m);
        Some.Charge(tariff, Some.Call(cost: 0m)).ShouldBe(0m);
        Some.Charge(tariff, Some.Call(cost: -0.0123m)).ShouldBe(-0.0142m);
        Some.Charge(tariff, Some.Call(cost: -0.0123m, seconds: 0)).ShouldBe(-0.0142m);
        Some.Charge(tariff, Some.Call(to: "", chargeCode: "XYZ", cost: 1m)).ShouldBe(1.15m);
        tariff.Rate(Some.Call()).Error.ShouldBe(RatingError.NoCost);
        tariff.Rate(Some.Call(cost: 1m, currency: "EUR")).Error.ShouldBe(RatingError.Currency);
        tariff.Rate(Some.Call(cost: 1e9m)).Error.ShouldBe(RatingError.BadCost);
    }

    [Fact]
    public void A_call_longer_than_a_year_is_a_broken_record() =>
        Some.TariffOf(FivePence).Rate(Some.Call(seconds: CallToRate.LongestDurationSeconds + 1)).Error.ShouldBe(RatingError.BadDuration);

    [Fact]
    public void Pricing_a_call_allocates_nothing()
    {
        var tariff = TwoPenceThenOne("split", "call");
        var code = "UKN"u8.ToArray();
        var at = DateTimeOffset.UnixEpoch.AddYears(56);
        var to = Some.Number("+442079460000");
        decimal Loop(int calls)
        {
            var sum = 0m;
            for (var i = 0; i < calls; i++)
            {
                var call = new CallToRate { StartedAt = at.AddMinutes(i), To = to, DurationSeconds = 61 + i, ChargeCode = code, Cost = 0.01m };
                sum += tariff.Rate(in call).Charge;
            }
            return sum;
        }

        Loop(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var total = Loop(10_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000);
        total.ShouldBeGreaterThan(0m);
    }

    private static CompiledTariff TwoPenceThenOne(string bandPricing, string level) => Some.Tariff(Some.Document(
        rates: """[{ "prefix": "44", "destination": "UK", "perMinute": { "peak": "0.02", "off-peak": "0.01" }, "interval": { "first": 1, "next": 1 } }]""",
        rounding: $$"""{ "mode": "up", "unit": "0.0001", "level": "{{level}}" }""",
        timeBands: Some.PeakAndOffPeak,
        bandPricing: $"\"{bandPricing}\""));

    private static decimal Of(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
