using Billing.Rating.Engine;

namespace Billing.Rating.Tests.Engine;

/// <summary>Which rate prices a call (N1 to N3).</summary>
public class LookupTests
{
    private const string UkAndManx = """
        [{ "prefix": "44", "destination": "UK", "perMinute": "0.01" },
         { "prefix": "447", "destination": "UK mobile", "perMinute": "0.02" },
         { "prefix": "447624", "destination": "Isle of Man mobile", "perMinute": "0.03", "from": "2026-01-01", "to": "2026-04-01" }]
        """;

    [Theory]
    [Trait("feature", "N2")]
    [InlineData("+447624123456", "2026-03-26T10:00:00Z", "Isle of Man mobile")]
    [InlineData("+447700900123", "2026-03-26T10:00:00Z", "UK mobile")]
    [InlineData("+442079460000", "2026-03-26T10:00:00Z", "UK")]
    [InlineData("+447624123456", "2026-04-02T10:00:00Z", "UK mobile")]
    [InlineData("+447624123456", "2025-12-31T23:59:59Z", "UK mobile")]
    [InlineData("+447624123456", "2026-03-31T22:59:59Z", "Isle of Man mobile")]
    [InlineData("+447624123456", "2026-03-31T23:00:00Z", "UK mobile")]
    public void N2_vector_18_the_longest_prefix_in_force_at_the_start_wins_and_an_expired_one_falls_back(string to, string at, string destination) =>
        Destination(Some.Tariff(Some.Document(UkAndManx)), Some.Call(to, at: at)).ShouldBe(destination);

    [Fact]
    [Trait("feature", "N2")]
    public void N2_caribbean_codes_are_kept_apart_from_the_united_states()
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "prefix": "1", "destination": "USA and Canada", "perMinute": "0.01" }, { "prefix": "1876", "destination": "Jamaica", "perMinute": "0.20" },
             { "prefix": "7", "destination": "Russia", "perMinute": "0.10" }, { "prefix": "77", "destination": "Kazakhstan", "perMinute": "0.15" }]
            """));
        Destination(tariff, Some.Call("+12125550100")).ShouldBe("USA and Canada");
        Destination(tariff, Some.Call("+18765550100")).ShouldBe("Jamaica");
        Destination(tariff, Some.Call("+77015550100")).ShouldBe("Kazakhstan");
    }

    [Fact]
    [Trait("feature", "N2")]
    public void N2_a_prefix_longer_than_the_number_does_not_match_it_even_when_the_rest_is_zeros()
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "prefix": "44", "destination": "UK", "perMinute": "0.01" }, { "prefix": "4420000000", "destination": "Far end", "perMinute": "0.02" }]
            """));
        Destination(tariff, Some.Call("+44200000")).ShouldBe("UK");
        Destination(tariff, Some.Call("+442000000099")).ShouldBe("Far end");
    }

    [Theory]
    [Trait("feature", "N3")]
    [InlineData(true, "Vodafone")]
    [InlineData(false, "UK mobile")]
    public void N3_the_carriers_charge_code_is_believed_before_the_prefix_unless_the_tariff_says_otherwise(bool prefers, string destination)
    {
        var tariff = WithCodes(prefers);
        Destination(tariff, Some.Call("+447700900123", chargeCode: "UKNFM5")).ShouldBe(destination);
        Destination(tariff, Some.Call("+447700900123", chargeCode: "NEW")).ShouldBe("UK mobile");
        Destination(tariff, Some.Call("+351210000000", chargeCode: "UKNFM5")).ShouldBe("Vodafone");
        Destination(tariff, Some.Call("", chargeCode: "UKNFM5")).ShouldBe("Vodafone");
        tariff.Rate(Some.Call("", chargeCode: "NEW")).Error.ShouldBe(RatingError.NoNumber);
    }

    [Fact]
    public void Charge_codes_are_compared_letter_for_letter()
    {
        var tariff = WithCodes(true);
        Destination(tariff, Some.Call("+447700900123", chargeCode: "uknfm5")).ShouldBe("UK mobile");
        Destination(tariff, Some.Call("+447700900123", chargeCode: "UKNFM")).ShouldBe("UK mobile");
    }

    [Fact]
    public void A_charge_code_whose_rates_have_expired_leaves_the_call_to_its_number()
    {
        var tariff = WithCodes(true);
        Destination(tariff, Some.Call("+447700900123", chargeCode: "OLD", at: "2025-06-01T10:00:00Z")).ShouldBe("Old code");
        Destination(tariff, Some.Call("+447700900123", chargeCode: "OLD")).ShouldBe("UK mobile");
        tariff.Rate(Some.Call("+33100000000", chargeCode: "OLD")).Error.ShouldBe(RatingError.NoRate);
    }

    [Fact]
    public void Short_codes_and_international_numbers_never_meet()
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "prefix": "118500", "destination": "Somewhere in +1", "perMinute": "0.01" }, { "shortCode": "118500", "destination": "Directory enquiries", "perCall": "1" },
             { "shortCode": "118*", "destination": "Other directories", "perCall": "2" }, { "shortCode": "000", "destination": "Triple zero", "free": true }]
            """));
        Destination(tariff, Some.Call("118500")).ShouldBe("Directory enquiries");
        Destination(tariff, Some.Call("118247")).ShouldBe("Other directories");
        Destination(tariff, Some.Call("118")).ShouldBe("Other directories");
        Destination(tariff, Some.Call("+11850055555")).ShouldBe("Somewhere in +1");
        Destination(tariff, Some.Call("000")).ShouldBe("Triple zero");
        tariff.Rate(Some.Call("0")).Error.ShouldBe(RatingError.UnknownDestination);
        tariff.Rate(Some.Call("11850")).IsRated.ShouldBeTrue();
        tariff.Rate(Some.Call("1185001")).IsRated.ShouldBeTrue();
        tariff.Rate(Some.Call("999")).Error.ShouldBe(RatingError.UnknownDestination);
    }

    [Fact]
    public void An_expired_short_code_falls_back_to_the_starred_one()
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "shortCode": "118500", "destination": "Directory enquiries", "perCall": "1", "to": "2026-01-01" }, { "shortCode": "118*", "destination": "Other directories", "perCall": "2" },
             { "shortCode": "1185*", "destination": "Later", "perCall": "3", "from": "2027-01-01" }]
            """));
        Destination(tariff, Some.Call("118500", at: "2025-06-01T00:00:00Z")).ShouldBe("Directory enquiries");
        Destination(tariff, Some.Call("118500")).ShouldBe("Other directories");
        Destination(tariff, Some.Call("118500", at: "2027-06-01T00:00:00Z")).ShouldBe("Later");
    }

    [Fact]
    public void A_destination_nobody_knows_and_one_without_a_rate_that_day_are_two_errors()
    {
        var tariff = Some.Tariff(Some.Document("""[{ "prefix": "44", "destination": "UK", "perMinute": "0.01", "from": "2026-06-01" }]"""));
        var unknown = Some.Call("+33100000000");
        var tooEarly = Some.Call();
        tariff.Rate(unknown).Error.ShouldBe(RatingError.UnknownDestination);
        tariff.Rate(tooEarly).Error.ShouldBe(RatingError.NoRate);
        RatingErrors.Explain(RatingError.UnknownDestination, tariff.Tariff, unknown).Code.ShouldBe("rating.unknown-destination");
        RatingErrors.Explain(RatingError.NoRate, tariff.Tariff, tooEarly).ToString().ShouldContain("none in force on 2026-03-26");
        tariff.Rate(Some.Call(seconds: 0)).IsRated.ShouldBeTrue();
    }

    [Fact]
    public void Of_several_rates_for_one_prefix_the_one_of_the_day_is_taken()
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "prefix": "44", "destination": "Second", "perMinute": "0.02", "from": "2026-02-01", "to": "2026-03-01" },
             { "prefix": "44", "destination": "Third", "perMinute": "0.03", "from": "2026-03-01" },
             { "prefix": "44", "destination": "First", "perMinute": "0.01", "to": "2026-02-01" }]
            """));
        Destination(tariff, Some.Call(at: "2020-01-01T00:00:00Z")).ShouldBe("First");
        Destination(tariff, Some.Call(at: "2026-01-31T23:59:59Z")).ShouldBe("First");
        Destination(tariff, Some.Call(at: "2026-02-01T00:00:00Z")).ShouldBe("Second");
        Destination(tariff, Some.Call(at: "2026-03-01T00:00:00Z")).ShouldBe("Third");
        Destination(tariff, Some.Call(at: "2150-03-01T00:00:00Z")).ShouldBe("Third");
    }

    private static CompiledTariff WithCodes(bool prefers) => Some.Tariff(Some.Document("""
        [{ "prefix": "447", "destination": "UK mobile", "perMinute": "0.02" }, { "chargeCode": "UKNFM5", "destination": "Vodafone", "perMinute": "0.03" },
         { "chargeCode": "OLD", "destination": "Old code", "perMinute": "0.04", "to": "2026-01-01" }]
        """, more: $$"""{ "preferChargeCode": {{(prefers ? "true" : "false")}} }"""));

    private static string Destination(CompiledTariff tariff, in CallToRate call)
    {
        var charge = tariff.Rate(in call);
        charge.Error.ShouldBe(RatingError.None);
        return tariff.Tariff.Rates[charge.RateIndex].Destination;
    }
}
