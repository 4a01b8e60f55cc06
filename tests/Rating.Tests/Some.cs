using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Abstractions.Values;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests;

/// <summary>Ordinary tariffs and calls, so that a test states only what matters to it.</summary>
static class Some
{
    /// <summary>A Thursday, before the clocks go forward.</summary>
    public const string Morning = "2026-03-26T10:00:00Z";

    public const string PeakAndOffPeak = """
        [
          { "name": "peak", "when": [{ "days": ["mon","tue","wed","thu","fri"], "from": "08:00", "to": "18:00" }] },
          { "name": "off-peak", "when": [
            { "days": ["mon","tue","wed","thu","fri"], "from": "00:00", "to": "08:00" },
            { "days": ["mon","tue","wed","thu","fri"], "from": "18:00", "to": "24:00" },
            { "days": ["sat","sun"], "from": "00:00", "to": "24:00" }] }
        ]
        """;

    /// <summary>A document that is right as it is; each argument, JSON text, replaces the member of that name.</summary>
    public static string Document(
        string rates = """[{ "prefix": "44", "destination": "UK", "perMinute": "0.05" }]""",
        string rounding = """{ "mode": "up", "unit": "0.0001", "level": "call" }""",
        string defaults = """{ "interval": { "first": 60, "next": 1 } }""",
        string? timeBands = null,
        string bandPricing = "\"at-start\"",
        string? more = null)
    {
        var document = new JsonObject
        {
            ["formatVersion"] = 1,
            ["name"] = "Sample",
            ["currency"] = "GBP",
            ["timeZone"] = "Europe/London",
            ["rounding"] = JsonNode.Parse(rounding),
            ["bandPricing"] = JsonNode.Parse(bandPricing),
            ["defaults"] = JsonNode.Parse(defaults),
            ["rates"] = JsonNode.Parse(rates),
        };
        if (timeBands is not null) document["timeBands"] = JsonNode.Parse(timeBands);
        if (more is not null)
            foreach (var (name, value) in JsonNode.Parse(more)!.AsObject().ToList()) document[name] = value?.DeepClone();
        return document.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    public static CompiledTariff Tariff(string document) => CompiledTariff.Compile(TariffReader.Read(document).TariffOrThrow());

    public static CompiledTariff TariffOf(string rate, string unit = "0.0001", string mode = "up", string level = "call", string defaults = "{}") => Tariff(Document(
        rates: $"[{rate}]",
        rounding: $$"""{ "mode": "{{mode}}", "unit": "{{unit}}", "level": "{{level}}" }""",
        defaults: defaults));

    public static CallToRate Call(
        string to = "+442079460000", int seconds = 61, string at = Morning, string chargeCode = "", decimal? cost = null, string? currency = null) => new()
        {
            StartedAt = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture),
            To = Number(to),
            DurationSeconds = seconds,
            ChargeCode = Encoding.UTF8.GetBytes(chargeCode),
            Cost = cost,
            CostCurrency = currency is null ? default : Currency.Of(currency),
        };

    public static DialledNumber Number(string text)
    {
        if (text.Length == 0) return default;
        if (text.StartsWith('+')) return E164Number.Parse(text, NumberRules.Uk).ValueOrThrow();
        return DialledNumber.TryShortCode(text, out var number) ? number : throw new ArgumentException(text);
    }

    public static decimal Charge(CompiledTariff tariff, in CallToRate call)
    {
        var charge = tariff.Rate(in call);
        charge.Error.ShouldBe(RatingError.None);
        return charge.Charge;
    }
}
