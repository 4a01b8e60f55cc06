using Billing.Abstractions.Cdr;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.RateCards;

/// <summary>The sample tariff for consumers that ships with the product.</summary>
public class UkHomeTariffTests
{
    private static readonly CompiledTariff tariff = Read();

    [Theory]
    [InlineData("+448445551234", 90, "UK 084", "0.0875", "0.1751")]
    [InlineData("+448435551234", 90, "UK 0843", "0.0750", "0.1751")]
    [InlineData("+448715551234", 30, "UK 087", "0.0542", "0.1167")]
    [InlineData("+449095551234", 61, "UK premium rate", "2.0000", "0.1187")]
    [InlineData("118500", 60, "Directory enquiries", "3.0000", "0.1167")]
    public void N5_service_numbers_cost_two_parts_that_are_shown_apart(string to, int seconds, string destination, string service, string access)
    {
        var charge = tariff.Rate(Some.Call(to, seconds));
        tariff.Tariff.Rates[charge.RateIndex].Destination.ShouldBe(destination);
        (charge.ServiceCharge, charge.AccessCharge).ShouldBe((Number(service), Number(access)));
        charge.Charge.ShouldBe(Number(service) + Number(access));
    }

    [Theory]
    [InlineData("+448001111111")]
    [InlineData("+448081570180")]
    [InlineData("999")]
    [InlineData("112")]
    [InlineData("116123")]
    public void R17_free_numbers_cost_nothing(string to) => Some.Charge(tariff, Some.Call(to, 3600)).ShouldBe(0m);

    [Fact]
    public void R15_messages_and_data_have_prices_of_their_own()
    {
        tariff.Rate(new CallToRate { StartedAt = DateTimeOffset.UnixEpoch, To = Some.Number("+447700900123"), DurationSeconds = 0, Kind = CdrKind.Sms, Quantity = 2 }).Charge.ShouldBe(0.20m);
        tariff.Rate(new CallToRate { StartedAt = DateTimeOffset.UnixEpoch, DurationSeconds = 0, Kind = CdrKind.Data, Quantity = 1_048_577 }).Charge.ShouldBe(0.0501m);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static CompiledTariff Read()
    {
        using var file = File.OpenRead(Repository.PathOf("templates", "tariffs", "uk-home.json"));
        return CompiledTariff.Compile(TariffReader.Read(file).TariffOrThrow());
    }
}
