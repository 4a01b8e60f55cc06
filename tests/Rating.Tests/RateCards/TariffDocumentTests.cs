using System.Text.Json;
using System.Text.RegularExpressions;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.RateCards;

/// <summary>The document as a public contract: written as it is read, described by its schema, shown by samples that work.</summary>
public partial class TariffDocumentTests
{
    [Fact]
    public void A_tariff_written_and_read_again_is_the_same_document()
    {
        var tariff = TariffReader.Read(Some.Document(
            rates: """
                [{ "prefix": "44", "destination": "Großbritannien & \"Éire\"", "perMinute": { "peak": "0.0500", "off-peak": "0.02" }, "connection": { "peak": "0.03", "off-peak": "0" },
                   "interval": { "first": 30, "next": 6 }, "freeSeconds": 3, "minimumSeconds": 4, "minimum": "0.1", "minimumIncludesConnection": false,
                   "maximum": "9", "maximumIncludesConnection": false, "from": "2026-01-01", "to": "2027-01-01" },
                 { "chargeCode": "UKN", "destination": "UK", "perMinute": "1" }, { "shortCode": "116*", "destination": "Helplines", "free": true },
                 { "shortCode": "118500", "destination": "Directory", "perCall": "2" }]
                """,
            timeBands: Some.PeakAndOffPeak.Replace("\"sun\"", "\"sun\", \"holiday\"", StringComparison.Ordinal),
            bandPricing: "\"split\"",
            more: """{ "description": "All of it", "preferChargeCode": false, "holidays": { "name": "E&W", "dates": ["2026-12-26", "2026-12-25"] }, "costMarkup": { "percent": "12.50" } }""")).TariffOrThrow();
        var written = TariffWriter.Write(tariff);
        var again = TariffReader.Read(written).TariffOrThrow();
        TariffWriter.Write(again).ShouldBe(written);
        written.ShouldContain("""{"prefix":"44","destination":"Großbritannien & \"Éire\"","perMinute":{"peak":"0.05","off-peak":"0.02"},"connection":{"peak":"0.03","off-peak":"0"},""");
        written.ShouldContain("""
            "holidays": {"name":"E&W","dates":["2026-12-25","2026-12-26"]}
            """.Trim());
        again.Rates.Count.ShouldBe(4);
        again.Rates[0].InForce.Days.ShouldBe(365);
        again.Holidays!.Dates.Count.ShouldBe(2);
        again.CostMarkup!.Percent.ShouldBe(12.5m);
    }

    [Fact]
    public void A_tariff_from_a_stream_is_the_tariff_from_the_text()
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Some.Document()));
        TariffReader.Read(stream).TariffOrThrow().Name.ShouldBe("Sample");
    }

    [Fact]
    public void The_schema_knows_the_members_that_the_reader_knows()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "tariff.schema.json")));
        var root = schema.RootElement;
        var terms = Names(root.GetProperty("$defs").GetProperty("terms"));
        Names(root).ShouldBe(TariffReader.documentMembers, ignoreOrder: true);
        terms.ShouldBe(RateReader.termMembers, ignoreOrder: true);
        Names(root.GetProperty("$defs").GetProperty("rate")).Concat(terms).ShouldBe(RateReader.rateMembers, ignoreOrder: true);

        static IEnumerable<string> Names(JsonElement element) => element.GetProperty("properties").EnumerateObject().Select(member => member.Name);
    }

    [Fact]
    public void Every_example_in_the_guide_is_a_tariff_that_is_accepted()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "tariffs.md"));
        var examples = JsonBlocks().Matches(guide).Select(match => match.Groups[1].Value).Where(text => text.Contains("formatVersion", StringComparison.Ordinal)).ToList();
        examples.Count.ShouldBeGreaterThan(1);
        foreach (var example in examples)
        {
            var reading = TariffInheritance.BaseOf(example) is { } code
                ? TariffInheritance.Resolve(example, new TariffBase(code, 1), File.ReadAllText(Repository.PathOf("templates", "tariffs", code + ".json")))
                : TariffReader.Read(example);
            reading.Errors.ShouldBeEmpty(example);
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlocks();
}
