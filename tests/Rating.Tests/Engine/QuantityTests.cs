using Billing.Abstractions.Cdr;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.Engine;

/// <summary>Messages and data (R15).</summary>
public class QuantityTests
{
    private const string Megabyte = """{ "data": { "megabyte": 1000000, "roundUpTo": 1000 } }""";

    [Fact]
    public void R15_messages_are_priced_one_by_one_and_never_by_a_calls_rate()
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "prefix": "447", "destination": "UK mobile", "perMinute": "0.06", "connection": "0.03" }, { "kind": "sms", "prefix": "447", "destination": "UK text", "perMessage": "0.045" }]
            """, defaults: """{ "interval": { "first": 60, "next": 1 }, "minimum": "0.50" }"""));
        Charge(tariff, CdrKind.Sms, 1).ShouldBe(0.045m);
        Charge(tariff, CdrKind.Sms, 3).ShouldBe(0.135m);
        Charge(tariff, CdrKind.Sms, 0).ShouldBe(0m);
        Charge(tariff, CdrKind.Sms, 2, cost: -0.01m).ShouldBe(-0.09m);
        tariff.Rate(Of(CdrKind.Sms, 1, to: "+33612345678")).Error.ShouldBe(RatingError.UnknownDestination);
        tariff.Rate(Of(CdrKind.Data, 1)).Error.ShouldBe(RatingError.UnknownDestination);
        tariff.Rate(Some.Call("+447700900123")).BillableQuantity.ShouldBe(0);
    }

    [Theory]
    [InlineData(1_000_000, 1, 1_000_000, "0.02")]
    [InlineData(1_048_576, 1, 1_048_576, "0.02")]
    [InlineData(1_000_000, 1, 1_048_576, "0.020972")]
    [InlineData(1_048_576, 1, 1_000_000, "0.019074")]
    [InlineData(1_000_000, 1000, 1, "0.00002")]
    [InlineData(1_048_576, 1024, 1, "0.00002")]
    [InlineData(1_048_576, 1_048_576, 1, "0.02")]
    [InlineData(1_048_576, 1_048_576, 1_048_577, "0.04")]
    public void R15_a_megabyte_is_what_the_tariff_says_and_a_session_goes_up_to_its_unit(int megabyte, int roundUpTo, long bytes, string expected)
    {
        var tariff = Some.Tariff(Some.Document("""[{ "kind": "data", "any": true, "destination": "Data", "perMegabyte": "0.02" }]""",
            rounding: """{ "mode": "up", "unit": "0.000001", "level": "call" }""", more: $$"""{ "data": { "megabyte": {{megabyte}}, "roundUpTo": {{roundUpTo}} } }"""));
        Charge(tariff, CdrKind.Data, bytes, to: "").ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void R15_data_by_the_carriers_code_comes_before_data_of_any_sort()
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "kind": "data", "any": true, "destination": "Data", "perMegabyte": "0.02" }, { "kind": "data", "chargeCode": "ROAM", "destination": "Roaming data", "perMegabyte": "2", "connection": "0.10" },
             { "kind": "data", "chargeCode": "HOME", "destination": "Wi-Fi", "free": true }]
            """, more: Megabyte));
        Charge(tariff, CdrKind.Data, 1_000_000, to: "", code: "ROAM").ShouldBe(2.10m);
        Charge(tariff, CdrKind.Data, 1_000_000, to: "", code: "OTHER").ShouldBe(0.02m);
        Charge(tariff, CdrKind.Data, 1_000_000, to: "", code: "HOME").ShouldBe(0m);
    }

    [Fact]
    public void R15_bytes_charged_are_never_fewer_and_less_than_a_unit_more()
    {
        var cases = Gen.Choose(1, 2_000_000).SelectMany(unit => Gen.Choose(1, int.MaxValue).Select(bytes => (unit, bytes)));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var tariff = Some.Tariff(Some.Document("""[{ "kind": "data", "any": true, "destination": "Data", "perMegabyte": "0.02" }]""", more: $$"""{ "data": { "megabyte": 1048576, "roundUpTo": {{c.unit}} } }"""));
            var billable = tariff.Rate(Of(CdrKind.Data, c.bytes)).BillableQuantity;
            return billable >= c.bytes && billable - c.bytes < c.unit && billable % c.unit == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(CallToRate.LargestQuantity + 1)]
    public void R15_a_quantity_that_cannot_be_is_a_broken_record(long quantity) =>
        Some.Tariff(Some.Document("""[{ "kind": "data", "any": true, "destination": "Data", "perMegabyte": "0.02" }]""", more: Megabyte)).Rate(Of(CdrKind.Data, quantity)).Error.ShouldBe(RatingError.BadQuantity);

    [Theory]
    [InlineData("""{ "kind": "sms", "prefix": "44", "destination": "UK", "perMinute": "0.05" }""", "tariff.wrong-kind")]
    [InlineData("""{ "kind": "sms", "prefix": "44", "destination": "UK", "perMessage": "0.05", "interval": { "first": 1, "next": 1 } }""", "tariff.wrong-kind")]
    [InlineData("""{ "kind": "sms", "any": true, "destination": "UK", "perMessage": "0.05" }""", "tariff.bad-key")]
    [InlineData("""{ "any": true, "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-key")]
    [InlineData("""{ "kind": "data", "any": false, "destination": "UK", "perMegabyte": "0.05" }""", "tariff.bad-key")]
    [InlineData("""{ "kind": "fax", "prefix": "44", "destination": "UK", "perMinute": "0.05" }""", "tariff.unknown-word")]
    [InlineData("""{ "kind": "data", "chargeCode": "X", "destination": "UK" }""", "tariff.no-price")]
    [InlineData("""{ "kind": "data", "chargeCode": "X", "destination": "UK", "perMegabyte": "0.05" }""", "tariff.no-data-unit", false)]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMessage": "0.05", "perMinute": "1" }""", "tariff.wrong-kind")]
    public void R15_a_rate_of_one_kind_with_terms_of_another_is_refused(string rate, string code, bool saysMegabyte = true)
    {
        var errors = TariffReader.Read(Some.Document($"[{rate}]", more: saysMegabyte ? Megabyte : null)).Errors;
        errors.ShouldContain(error => error.Code == code);
    }

    [Theory]
    [InlineData("""{ "data": { "megabyte": 1024, "roundUpTo": 1 } }""", "tariff.bad-megabyte")]
    [InlineData("""{ "data": { "megabyte": 1000000 } }""", "tariff.missing-member")]
    [InlineData("""{ "data": { "megabyte": 1000000, "roundUpTo": 0 } }""", "tariff.bad-number")]
    public void R15_how_data_is_counted_is_never_assumed(string data, string code) =>
        TariffReader.Read(Some.Document(more: data)).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);

    private static decimal Charge(CompiledTariff tariff, CdrKind kind, long quantity, string to = "+447700900123", string code = "", decimal? cost = null) =>
        Some.Charge(tariff, Of(kind, quantity, to, code, cost));

    private static CallToRate Of(CdrKind kind, long quantity, string to = "+447700900123", string code = "", decimal? cost = null)
    {
        var call = Some.Call(to, 0, chargeCode: code, cost: cost);
        return new CallToRate { StartedAt = call.StartedAt, To = call.To, DurationSeconds = 0, ChargeCode = call.ChargeCode, Cost = cost, Kind = kind, Quantity = quantity };
    }
}
