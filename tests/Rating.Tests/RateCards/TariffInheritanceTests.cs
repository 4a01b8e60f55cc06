using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.RateCards;

/// <summary>A tariff that says only what differs from another (2.3): what comes of it, and what it is told when it can't be.</summary>
public class TariffInheritanceTests
{
    private static readonly string uk = Some.Document("""
        [{ "prefix": "44", "destination": "UK", "perMinute": "0.05" }, { "prefix": "447", "destination": "UK mobile", "perMinute": "0.10", "to": "2026-06-01" },
         { "prefix": "447", "destination": "UK mobile", "perMinute": "0.12", "from": "2026-06-01" }, { "prefix": "33", "destination": "France", "perMinute": "0.20" },
         { "kind": "sms", "prefix": "447", "destination": "UK text", "perMessage": "0.04" }]
        """, defaults: """{ "interval": { "first": 60, "next": 1 }, "connection": "0.03" }""", more: """{ "costMarkup": { "percent": "20" }, "description": "The base" }""");

    [Fact]
    public void TAR9_what_is_not_said_is_the_bases()
    {
        var tariff = Resolved("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk" }""");
        tariff.Name.ShouldBe("Gold");
        tariff.Description.ShouldBeNull();
        tariff.ResolvedFrom.ShouldBe(new TariffBase("uk", 3));
        var changes = TariffComparison.Of(TariffReader.Read(uk).TariffOrThrow(), tariff);
        changes.Frame.ShouldBe(["Based on: nothing becomes 'uk' version 3."]);
        (changes.Added.Count, changes.Removed.Count, changes.Changed.Count, changes.Unchanged).ShouldBe((0, 0, 0, 5));
    }

    [Fact]
    public void TAR9_a_rate_takes_the_place_of_all_of_the_bases_with_its_key_and_no_others()
    {
        var tariff = Resolved("""
            { "formatVersion": 1, "name": "Gold", "basedOn": "uk", "rates": [{ "prefix": "447", "destination": "UK mobile", "perMinute": "0.08" }, { "prefix": "49", "destination": "Germany", "perMinute": "0.15" }],
              "without": [{ "prefix": "33" }], "defaults": { "connection": "0.01" }, "rounding": { "mode": "half-up", "unit": "0.01", "level": "call" } }
            """);
        tariff.Rates.Select(rate => rate.Label).ShouldBe(["prefix 447", "prefix 49", "prefix 44", "prefix 447 for messages"]);
        Some.Charge(Billing.Rating.Engine.CompiledTariff.Compile(tariff), Some.Call("+447700900123", 60)).ShouldBe(0.09m);
        tariff.Defaults.FirstSeconds.ShouldBe(60);
        tariff.CostMarkup!.Percent.ShouldBe(20m);
    }

    [Fact]
    public void TAR9_null_takes_away_what_the_base_has() =>
        Resolved("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "costMarkup": null }""").CostMarkup.ShouldBeNull();

    [Fact]
    public void TAR9_what_comes_of_it_is_a_whole_document_that_is_read_alone()
    {
        var tariff = Resolved("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "rates": [{ "prefix": "49", "destination": "Germany", "perMinute": "0.15" }] }""");
        var written = TariffWriter.Write(tariff);
        TariffInheritance.BaseOf(written).ShouldBeNull();
        TariffReader.Read(written).TariffOrThrow().ResolvedFrom.ShouldBe(tariff.ResolvedFrom);
        TariffComparison.Of(tariff, TariffReader.Read(written).TariffOrThrow()).IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "rates": [{ "prefix": "49", "destination": "Germany" }] }""", "tariff.no-price", "$.rates[0].perMinute")]
    [InlineData("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "without": [{ "prefix": "34" }] }""", "tariff.not-in-base", "$.without[0].prefix")]
    [InlineData("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "without": [{ "chargeCode": "33" }] }""", "tariff.not-in-base", "$.without[0].chargeCode")]
    [InlineData("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "resolvedFrom": { "code": "x", "version": 1 } }""", "tariff.unknown-member", "$.resolvedFrom")]
    [InlineData("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "prise": "1" }""", "tariff.unknown-member", "$.prise")]
    [InlineData("""{ "formatVersion": 1, "basedOn": "uk" }""", "tariff.missing-member", "$.name")]
    [InlineData("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "currency": null }""", "tariff.missing-member", "$.currency")]
    [InlineData("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "rates": [5] }""", "tariff.bad-member", "$.rates[0]")]
    public void TAR9_faults_are_named_where_they_were_entered(string document, string code, string place)
    {
        var error = TariffInheritance.Resolve(document, new TariffBase("uk", 3), uk).Errors.ShouldHaveSingleItem();
        (error.Code, error.Place).ShouldBe((code, place));
    }

    [Fact]
    public void TAR9_a_fault_in_an_inherited_rate_is_named_in_the_base()
    {
        // The consumers' rules are new; the rates they meet are the base's.
        var errors = TariffInheritance.Resolve("""
            { "formatVersion": 1, "name": "Home", "basedOn": "uk", "consumers": { "vatPercent": "20" }, "rates": [{ "prefix": "44800", "destination": "0800", "free": true }] }
            """, new TariffBase("uk", 3), uk).Errors;
        errors.ShouldHaveSingleItem().Place.ShouldBe("$.rates[0] of 'uk' version 3");
    }

    [Fact]
    public void A_document_of_differences_alone_is_no_tariff()
    {
        const string document = """{ "formatVersion": 1, "name": "Gold", "basedOn": "uk" }""";
        TariffInheritance.BaseOf(document).ShouldBe("uk");
        TariffReader.Read(document).Errors.ShouldHaveSingleItem().Code.ShouldBe("tariff.base-unresolved");
        TariffInheritance.BaseOf("not json").ShouldBeNull();
        TariffInheritance.BaseOf("""{ "basedOn": 5 }""").ShouldBeNull();
        TariffReader.Read("""{ "formatVersion": 1, "name": "Gold", "without": [] }""").Errors.ShouldHaveSingleItem().Place.ShouldBe("$.without");
    }

    [Fact]
    public void Differences_fit_the_schema_and_are_not_mixed_with_what_publishing_writes()
    {
        var schema = JsonSchema.Load(Repository.PathOf("docs", "tariff.schema.json"));
        schema.Errors("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "without": [{ "prefix": "33" }], "costMarkup": null }""").ShouldBeEmpty();
        schema.Errors("""{ "formatVersion": 1, "name": "Gold", "basedOn": "uk", "resolvedFrom": { "code": "x", "version": 1 } }""").ShouldNotBeEmpty();
        schema.Errors("""{ "formatVersion": 1, "name": "Gold", "without": [{ "prefix": "33" }] }""").ShouldNotBeEmpty();
    }

    private static Tariff Resolved(string document) => TariffInheritance.Resolve(document, new TariffBase("uk", 3), uk).TariffOrThrow();
}
