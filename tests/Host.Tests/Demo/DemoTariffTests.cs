using System.Text;
using Billing.Abstractions.Values;
using Billing.Host.Demo;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Host.Tests.Demo;

public sealed class DemoTariffTests
{
    private static readonly CompiledTariff Tariff = CompiledTariff.Compile(TariffReader.Read(File.ReadAllText(Home.File(ResellerStory.SampleTariff))).TariffOrThrow());

    [Fact]
    public void The_sample_tariff_prices_every_call_but_those_to_the_two_destinations_that_nobody_knows()
    {
        var calls = Demos.Traffic.Files.SelectMany(f => f.Lines).Select(l => l.Call).OfType<DemoCall>().DistinctBy(c => (c.Destination.Code, c.Called, c.Carrier)).ToList();
        foreach (var call in calls)
        {
            var rateable = new CallToRate
            {
                StartedAt = call.StartedAt,
                To = Dialled(call),
                DurationSeconds = call.Seconds,
                ChargeCode = call.Carrier == DemoCarrier.Gamma ? Encoding.UTF8.GetBytes(call.Destination.Code) : [],
            };
            var charge = Tariff.Rate(rateable);
            charge.IsRated.ShouldBe(call.Destination.IsInTariff, $"{call.Destination.Name} {call.Called}");
            if (!charge.IsRated) charge.Error.ShouldBe(RatingError.UnknownDestination);
        }
    }

    private static DialledNumber Dialled(DemoCall call)
    {
        if (!call.Destination.IsShortCode) return E164Number.Parse("+" + call.Called, NumberRules.Uk).ValueOrThrow();
        DialledNumber.TryShortCode(call.Called.AsSpan(), out var code).ShouldBeTrue();
        return code;
    }
}
