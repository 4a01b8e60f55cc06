using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.Engine;

/// <summary>Calls to 084, 087, 09 and 118 numbers: service charge and access charge, computed, rounded and shown apart (N5).</summary>
public class ServiceChargeTests
{
    private const string Access = """{ "accessCharge": { "perMinute": "0.12", "interval": { "first": 60, "next": 1 } } }""";

    private const string ForConsumers = """{ "accessCharge": { "perMinute": "0.12", "interval": { "first": 60, "next": 1 } }, "consumers": { "vatPercent": "20" } }""";

    [Fact]
    public void N5_each_part_has_its_own_interval_and_is_rounded_by_itself()
    {
        var tariff = Tariff("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "084", "perMinute": "0.06", "interval": { "first": 1, "next": 1 } }""", unit: "0.01");
        // 31 s: 3.1p up to 4p, and the access charge of 60 s. 61 s: 6.1p up to 7p and 12.2p up to 13p; rounded together they were 19p.
        Parts(tariff, 31).ShouldBe((0.04m, 0.12m, 0.16m));
        Parts(tariff, 61).ShouldBe((0.07m, 0.13m, 0.20m));
    }

    [Fact]
    public void N5_a_mixed_service_charge_is_five_pence_a_call_and_five_a_minute_after_sixty_seconds()
    {
        var tariff = Tariff("""
            { "chargeCode": "SC042", "destination": "0843", "serviceCharge": "084", "perCall": "0.05", "stages": [{ "after": 60, "perMinute": "0.05", "interval": { "first": 60, "next": 60 } }] }
            """);
        var charge = tariff.Rate(Some.Call("", 90, chargeCode: "SC042"));
        (charge.ServiceCharge, charge.AccessCharge, charge.Charge).ShouldBe((0.10m, 0.18m, 0.28m));
    }

    [Fact]
    public void N5_the_defaults_are_the_resellers_terms_and_no_part_of_a_service_charge()
    {
        var tariff = Some.Tariff(Some.Document(
            rates: """[{ "prefix": "44", "destination": "UK", "perMinute": "0.01" }, { "prefix": "44844", "destination": "0844", "serviceCharge": "084", "perMinute": "0.06", "interval": { "first": 1, "next": 1 } }]""",
            defaults: """{ "interval": { "first": 60, "next": 60 }, "connection": "0.03", "minimum": "0.50" }""", more: Access));
        Parts(tariff, 10).ShouldBe((0.01m, 0.12m, 0.13m));
        Some.Charge(tariff, Some.Call()).ShouldBe(0.50m);
    }

    [Fact]
    public void N5_an_ordinary_call_has_no_parts()
    {
        var charge = Some.TariffOf("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }""").Rate(Some.Call());
        (charge.HasParts, charge.ServiceCharge, charge.AccessCharge).ShouldBe((false, 0m, 0m));
    }

    [Fact]
    public void R16_a_credit_turns_both_parts_round()
    {
        var tariff = Tariff("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "084", "perMinute": "0.06", "interval": { "first": 1, "next": 1 } }""");
        var charge = tariff.Rate(Some.Call("+448445551234", 90, cost: -0.01m));
        (charge.ServiceCharge, charge.AccessCharge, charge.Charge).ShouldBe((-0.09m, -0.18m, -0.27m));
        tariff.Rate(Some.Call("+448445551234", 90)).Reverse().ShouldBe(charge);
    }

    [Fact]
    public void R1_a_call_of_no_seconds_costs_neither_part() =>
        Tariff("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "084", "perMinute": "0.06", "interval": { "first": 1, "next": 1 } }""").Rate(Some.Call("+448445551234", 0)).Charge.ShouldBe(0m);

    [Theory]
    [InlineData("\"prefix\": \"44844\", \"serviceCharge\": \"084\", \"perMinute\": \"0.0583333333\"", null)]
    [InlineData("\"prefix\": \"44844\", \"serviceCharge\": \"084\", \"perMinute\": \"0.05834\"", "0.07 a minute")]
    [InlineData("\"prefix\": \"44844\", \"serviceCharge\": \"084\", \"perCall\": \"0.06\"", "0.07 a call")]
    [InlineData("\"prefix\": \"44871\", \"serviceCharge\": \"087\", \"perMinute\": \"0.1083\"", null)]
    [InlineData("\"prefix\": \"44871\", \"serviceCharge\": \"087\", \"perMinute\": \"0.11\"", "0.13 a minute")]
    [InlineData("\"prefix\": \"44909\", \"serviceCharge\": \"09\", \"perMinute\": \"3\"", null)]
    [InlineData("\"prefix\": \"44909\", \"serviceCharge\": \"09\", \"perMinute\": \"3.01\"", "3.60 a minute")]
    [InlineData("\"prefix\": \"44909\", \"serviceCharge\": \"09\", \"perCall\": \"5\"", null)]
    [InlineData("\"prefix\": \"44909\", \"serviceCharge\": \"09\", \"perCall\": \"4.5\", \"connection\": \"0.51\"", "6.00 a call")]
    [InlineData("\"chargeCode\": \"SC99\", \"serviceCharge\": \"084\", \"perMinute\": \"0.06\"", "0.07 a minute")]
    [InlineData("\"prefix\": \"44844\", \"serviceCharge\": \"084\", \"perMinute\": \"0\", \"stages\": [{ \"after\": 60, \"perMinute\": \"0.06\", \"interval\": { \"first\": 1, \"next\": 1 } }]", "0.07 a minute")]
    [InlineData("\"shortCode\": \"118500\", \"serviceCharge\": \"118\", \"perMinute\": \"5\"", null)]
    public void N5_a_service_charge_over_the_legal_limit_is_refused_where_consumers_are_sold_to(string rate, string? limit)
    {
        var document = $$"""[{ {{rate}}, "destination": "Service number", "interval": { "first": 1, "next": 1 } }]""";
        TariffReader.Read(Some.Document(document, more: Access)).Errors.ShouldBeEmpty("business tariffs may agree on anything");
        var errors = TariffReader.Read(Some.Document(document, more: ForConsumers)).Errors;
        if (limit is null)
        {
            errors.ShouldBeEmpty();
            return;
        }
        var error = errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("tariff.over-limit");
        error.Message.ShouldContain("Service number");
        error.Message.ShouldContain(limit);
        error.Place.ShouldStartWith("$.rates[0].");
    }

    [Theory]
    [InlineData("""[{ "prefix": "44844", "destination": "0844", "perMinute": "0.05" }]""", "tariff.not-unbundled", "$.rates[0].serviceCharge", "serviceCharge")]
    [InlineData("""[{ "prefix": "44", "destination": "UK", "perMinute": "0.05" }, { "prefix": "44808", "destination": "0808", "free": true }]""", "tariff.not-free", "$.rates[0]", "0800")]
    [InlineData("""[{ "prefix": "44800", "destination": "0800", "perMinute": "0.05" }]""", "tariff.not-free", "$.rates[0].free", "0800")]
    [InlineData("""[{ "shortCode": "999", "destination": "Emergency", "perCall": "0.05" }]""", "tariff.not-free", "$.rates[0].free", "999")]
    [InlineData("""[{ "shortCode": "11*", "destination": "Short codes", "perCall": "0.05" }, { "shortCode": "116*", "destination": "Helplines", "free": true }]""", "tariff.not-free", "$.rates[0]", "112")]
    public void R17_what_the_law_gives_consumers_is_held_when_the_tariff_is_saved(string rates, string code, string place, string word)
    {
        var error = TariffReader.Read(Some.Document(rates, more: ForConsumers)).Errors.ShouldHaveSingleItem();
        (error.Code, error.Place).ShouldBe((code, place));
        error.Message.ShouldContain(word);
    }

    [Theory]
    [InlineData("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "087", "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }""", "tariff.service-range", Access)]
    [InlineData("""{ "prefix": "448", "destination": "08", "serviceCharge": "084", "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }""", "tariff.service-range", Access)]
    [InlineData("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "0844", "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }""", "tariff.unknown-word", Access)]
    [InlineData("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "084", "perMinute": "0.05" }""", "tariff.no-interval", Access)]
    [InlineData("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "084", "perMinute": "0.05", "interval": { "first": 1, "next": 1 } }""", "tariff.no-access-charge", null)]
    [InlineData("""{ "prefix": "44844", "destination": "0844", "serviceCharge": "084", "free": true }""", "tariff.free-with-price", Access)]
    public void N5_a_service_charge_that_makes_no_sense_is_refused(string rate, string code, string? more) =>
        TariffReader.Read(Some.Document($"[{rate}]", more: more)).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);

    private static CompiledTariff Tariff(string rate, string unit = "0.0001") =>
        Some.Tariff(Some.Document($"[{rate}]", rounding: $$"""{ "mode": "up", "unit": "{{unit}}", "level": "call" }""", more: Access));

    private static (decimal Service, decimal Access, decimal Charge) Parts(CompiledTariff tariff, int seconds)
    {
        var charge = tariff.Rate(Some.Call("+448445551234", seconds));
        charge.HasParts.ShouldBeTrue();
        return (charge.ServiceCharge, charge.AccessCharge, charge.Charge);
    }
}
