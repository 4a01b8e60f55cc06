using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Billing.Rating.RateCards;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.RateCards;

/// <summary>The published schema on real documents, and the document as a round trip: what goes out comes in as the same tariff.</summary>
public partial class TariffSchemaTests
{
    private static readonly JsonSchema schema = JsonSchema.Load(Repository.PathOf("docs", "tariff.schema.json"));

    [Fact]
    public void Every_sample_that_ships_and_every_example_of_the_guide_fits_the_schema()
    {
        var samples = Directory.GetFiles(Repository.PathOf("templates", "tariffs"), "*.json").Select(File.ReadAllText)
            .Concat(JsonBlocks().Matches(File.ReadAllText(Repository.PathOf("docs", "tariffs.md"))).Select(match => match.Groups[1].Value).Where(text => text.Contains("formatVersion", StringComparison.Ordinal)))
            .ToList();
        samples.Count.ShouldBeGreaterThan(5);
        foreach (var sample in samples) schema.Errors(sample).ShouldBeEmpty(sample);
    }

    [Fact]
    public void TAR1_a_tariff_written_and_read_again_is_the_same_to_the_last_member_and_fits_the_schema() => Prop.ForAll(Arb.From(RandomTariff.Documents), document =>
    {
        schema.Errors(document).ShouldBeEmpty(document);
        var tariff = TariffReader.Read(document).TariffOrThrow();
        var written = TariffWriter.Write(tariff);
        schema.Errors(written).ShouldBeEmpty(written);
        var again = TariffReader.Read(written).TariffOrThrow();
        TariffWriter.Write(again).ShouldBe(written);
        TariffComparison.Of(tariff, again).IsEmpty.ShouldBeTrue();
        Everything(JsonNode.Parse(document)!).ShouldBe(Everything(JsonNode.Parse(written)!));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("currency")]
    [InlineData("timeZone")]
    [InlineData("rounding")]
    [InlineData("name")]
    [InlineData("formatVersion")]
    public void What_the_reader_demands_the_schema_demands(string member)
    {
        var document = JsonNode.Parse(Some.Document())!.AsObject();
        document.Remove(member);
        schema.Errors(document.ToJsonString()).ShouldNotBeEmpty();
        TariffReader.Read(document.ToJsonString()).IsAccepted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": 0.05 }""")]
    [InlineData("""{ "prefix": "044", "destination": "UK", "perMinute": "0.05" }""")]
    [InlineData("""{ "prefix": "44", "shortCode": "1", "destination": "UK", "perMinute": "0.05" }""")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinut": "0.05" }""")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "stages": [{ "after": 0, "perMinute": "1", "interval": { "first": 1, "next": 1 } }] }""")]
    [InlineData("""{ "prefix": "44844", "destination": "UK", "perMinute": "0.05", "serviceCharge": "0844" }""")]
    [InlineData("""{ "kind": "mms", "prefix": "44", "destination": "UK", "perMessage": "0.05" }""")]
    public void A_rate_that_the_schema_refuses_the_reader_refuses(string rate)
    {
        schema.Errors(Some.Document($"[{rate}]")).ShouldNotBeEmpty();
        TariffReader.Read(Some.Document($"[{rate}]")).IsAccepted.ShouldBeFalse();
    }

    // Every value of a document by its path, with what may be said in more than one way said in one.
    private static List<string> Everything(JsonNode node)
    {
        var values = new List<string>();
        Walk(node, "$");
        values.Sort(StringComparer.Ordinal);
        return values;

        void Walk(JsonNode? at, string path)
        {
            switch (at)
            {
                case JsonObject members: foreach (var (name, value) in members) Walk(value, $"{path}.{name}"); break;
                case JsonArray items: for (var i = 0; i < items.Count; i++) Walk(items[i], $"{path}[{i}]"); break;
                default: values.Add($"{path} = {at?.ToJsonString()}"); break;
            }
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlocks();
}
