using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.RateCards;

/// <summary>The sample tariff that ships with the product.</summary>
public class UkBusinessTariffTests
{
    private static readonly CompiledTariff tariff = CompiledTariff.Compile(Read());

    [Theory]
    [Trait("feature", "N2")]
    [InlineData("+442079460000", "", "UK geographic")]
    [InlineData("+441632960000", "", "UK geographic")]
    [InlineData("+443069990000", "", "UK national 03")]
    [InlineData("+447700900123", "", "UK mobile")]
    [InlineData("+447624800000", "", "Isle of Man mobile")]
    [InlineData("+447640800000", "", "UK paging")]
    [InlineData("+447012345678", "", "UK personal numbering")]
    [InlineData("+447797712345", "", "Jersey mobile")]
    [InlineData("+447781123456", "", "Guernsey mobile")]
    [InlineData("+12125550100", "", "USA and Canada")]
    [InlineData("+18765550100", "", "Jamaica")]
    [InlineData("+77015550100", "", "Kazakhstan")]
    [InlineData("+353871234567", "", "Ireland mobile")]
    [InlineData("118118", "", "Directory enquiries 118 118")]
    [InlineData("118247", "", "Directory enquiries")]
    [InlineData("+447700900123", "UKNFM5", "UK mobile Vodafone")]
    [InlineData("+12125550100", "USA", "USA")]
    public void N2_each_kind_of_number_is_its_own_destination(string to, string code, string destination) =>
        tariff.Tariff.Rates[tariff.Rate(Some.Call(to, chargeCode: code)).RateIndex].Destination.ShouldBe(destination);

    [Theory]
    [Trait("feature", "R17")]
    [InlineData("+448001111111", "")]
    [InlineData("+448081570180", "")]
    [InlineData("999", "")]
    [InlineData("112", "")]
    [InlineData("101", "")]
    [InlineData("111", "")]
    [InlineData("116123", "")]
    [InlineData("+448001111111", "UKNFPH")]
    public void R17_free_numbers_cost_nothing(string to, string code) =>
        Some.Charge(tariff, Some.Call(to, seconds: 3600, chargeCode: code)).ShouldBe(0m);

    [Fact]
    public void Every_code_of_the_uk_standard_that_the_carrier_uses_has_a_rate()
    {
        string[] codes = ["UKN", "UKNNNG", "UKNFPH", "UKNIMO", "USA", .. Enumerable.Range(1, 16).Select(n => $"UKNFM{n}")];
        foreach (var code in codes) tariff.Rate(Some.Call("", chargeCode: code)).IsRated.ShouldBeTrue(code);
    }

    [Fact]
    [Trait("feature", "N4")]
    public void N4_a_03_number_costs_no_more_than_a_geographic_one()
    {
        foreach (var at in new[] { "2026-03-26T10:00:00Z", "2026-03-26T20:00:00Z", "2026-03-28T10:00:00Z" })
            Some.Charge(tariff, Some.Call("+443069990000", at: at)).ShouldBeLessThanOrEqualTo(Some.Charge(tariff, Some.Call("+442079460000", at: at)));
    }

    [Fact]
    public void It_has_sixty_destinations_abroad_or_more() =>
        tariff.Tariff.Rates.Where(rate => rate.KeyKind == RateKeyKind.Prefix && !rate.Key.StartsWith("44", StringComparison.Ordinal))
            .Select(rate => rate.Destination).Distinct().Count().ShouldBeGreaterThanOrEqualTo(60);

    private static Tariff Read()
    {
        using var file = File.OpenRead(Repository.PathOf("templates", "tariffs", "uk-business.json"));
        return TariffReader.Read(file).TariffOrThrow();
    }
}
