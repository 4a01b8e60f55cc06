using System.Text.Json.Nodes;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.Engine;

/// <summary>Rules R1, R4, R5, R6, R7 and R17 for any tariff and any call.</summary>
public class RuleTests
{
    [Theory]
    [InlineData("""{ "perMinute": "0.0731", "interval": { "first": 1, "next": 1 } }""", "up", "0.001", 61, "0.075")]
    [InlineData("""{ "perMinute": "0.07", "connection": "0.12", "interval": { "first": 60, "next": 60 } }""", "up", "0.01", 61, "0.26")]
    [InlineData("""{ "perMinute": "0.10", "interval": { "first": 60, "next": 60 }, "stages": [{ "after": 60, "perMinute": "0.10", "interval": { "first": 1, "next": 1 } }] }""", "half-up", "0.0001", 61, "0.1017")]
    [InlineData("""{ "perMinute": "0.10", "interval": { "first": 60, "next": 1 } }""", "half-even", "0.0001", 61, "0.1017")]
    public void R5_offers_that_are_on_the_market_are_settings_and_not_code(string terms, string mode, string unit, int seconds, string expected)
    {
        var rate = JsonNode.Parse(terms)!.AsObject();
        rate["prefix"] = "44";
        rate["destination"] = "UK";
        Some.Charge(Some.TariffOf(rate.ToJsonString(), unit, mode), Some.Call(seconds: seconds)).ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void R1_what_is_not_answered_costs_nothing_whatever_the_tariff() => Prop.ForAll(SomeTariffs.Documents.ToArbitrary(), document =>
    {
        var charge = Some.Tariff(document).Rate(Some.Call(seconds: 0));
        return charge.IsRated && charge.Charge == 0 && charge.BillableSeconds == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void R4_a_longer_call_never_costs_less() => Prop.ForAll(SomeTariffs.Documents.ToArbitrary(), Gen.Choose(1, 4_000).Two().ToArbitrary(), (document, seconds) =>
    {
        // At one price: over a band's end a later second may be cheaper, never dearer than nothing.
        var tariff = Some.Tariff(document);
        var (shorter, longer) = (Math.Min(seconds.Item1, seconds.Item2), Math.Max(seconds.Item1, seconds.Item2));
        return Some.Charge(tariff, Some.Call(seconds: shorter)) <= Some.Charge(tariff, Some.Call(seconds: longer));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void R6_a_split_call_costs_what_its_parts_between_the_boundaries_cost()
    {
        var tariff = Some.Tariff(Some.Document(
            rates: """[{ "prefix": "44", "destination": "UK", "perMinute": { "peak": "0.0317", "off-peak": "0.0113" }, "interval": { "first": 1, "next": 1 } }]""",
            rounding: """{ "mode": "up", "unit": "0.0001", "level": "line" }""", timeBands: Some.PeakAndOffPeak, bandPricing: "\"split\""));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var calls = Gen.Choose(0, 365 * 24 * 60).SelectMany(minute => Gen.Choose(0, 59).SelectMany(second => Gen.Choose(1, 100_000).Select(seconds =>
            (At: DateTimeOffset.FromUnixTimeSeconds(1_767_225_600L + minute * 60L + second), Seconds: seconds))));
        Prop.ForAll(calls.ToArbitrary(), call =>
        {
            // Cut at every full hour of the clock: a superset of the bands' boundaries. Parts are exact sixtieths, so they are summed before the division.
            var (sum, at, left) = (0m, call.At, call.Seconds);
            while (left > 0)
            {
                var local = TimeZoneInfo.ConvertTime(at, zone);
                var part = Math.Min(left, 3600 - local.Minute * 60 - local.Second);
                var charge = tariff.Rate(new CallToRate { StartedAt = at, To = Some.Number("+442079460000"), DurationSeconds = part });
                sum += decimal.Round(charge.Charge * 60m, 12, MidpointRounding.AwayFromZero);
                (at, left) = (at.AddSeconds(part), left - part);
            }
            var whole = tariff.Rate(new CallToRate { StartedAt = call.At, To = Some.Number("+442079460000"), DurationSeconds = call.Seconds }).Charge;
            return decimal.Round(whole * 60m, 12, MidpointRounding.AwayFromZero) == sum;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void R7_bands_that_cover_the_week_once_are_taken_and_a_gap_or_an_overlap_of_a_minute_is_refused()
    {
        // Any cuts of a day, dealt to three bands in turn, the same every day.
        var cuts = Gen.Choose(1, 1_438).ListOf(4).Select(list => list.Append(0).Append(1_440).Distinct().Order().ToList());
        Prop.ForAll(cuts.ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), (list, which) =>
        {
            TariffReader.Read(Document(list, 0, 0)).Errors.ShouldBeEmpty();
            var window = which % (list.Count - 1);
            if (list[window + 1] - list[window] < 2) return;
            Refused(Document(list, window, -1), "tariff.band-gap");
            if (list[window + 1] < 1_440) Refused(Document(list, window, 1), "tariff.band-overlap");
        }).QuickCheckThrowOnFailure();

        static void Refused(string document, string code)
        {
            var error = TariffReader.Read(document).Errors.ShouldHaveSingleItem();
            error.Code.ShouldBe(code);
            error.Message.ShouldContain("$.timeBands[");
        }

        static string Document(List<int> cuts, int changed, int minutes)
        {
            var bands = new JsonArray();
            for (var band = 0; band < 3; band++)
            {
                var when = new JsonArray();
                for (var i = band; i + 1 < cuts.Count; i += 3)
                {
                    when.Add(new JsonObject
                    {
                        ["days"] = new JsonArray("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
                        ["from"] = WeekCoverage.Clock(cuts[i]),
                        ["to"] = WeekCoverage.Clock(cuts[i + 1] + (i == changed ? minutes : 0)),
                    });
                }
                if (when.Count > 0) bands.Add(new JsonObject { ["name"] = $"band {band}", ["when"] = when });
            }
            return Some.Document(timeBands: bands.ToJsonString());
        }
    }

    [Fact]
    public void R17_a_free_number_costs_nothing_whatever_catch_all_and_defaults_say()
    {
        var prices = Gen.Choose(0, 999).Select(p => (p / 1000m).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var free = Gen.Elements(("44800", "+448001111111"), ("44808", "+448081570180"), ("999", "999"), ("112", "112"), ("116*", "116123"));
        Prop.ForAll(free.ToArbitrary(), prices.Three().ToArbitrary(), (number, price) =>
        {
            var kind = number.Item1.StartsWith("44", StringComparison.Ordinal) ? "prefix" : "shortCode";
            var tariff = Some.Tariff(Some.Document(
                rates: $$"""
                    [{ "{{kind}}": "{{number.Item1}}", "destination": "Free", "free": true }, { "prefix": "44", "destination": "UK", "perMinute": "{{price.Item1}}" },
                     { "prefix": "448", "destination": "UK 08", "perCall": "{{price.Item2}}" }, { "shortCode": "1*", "destination": "Short", "perCall": "{{price.Item1}}" }]
                    """,
                defaults: $$"""{ "interval": { "first": 60, "next": 60 }, "connection": "{{price.Item3}}", "minimum": "0.5" }""",
                more: """{ "costMarkup": { "percent": "20" } }"""));
            foreach (var seconds in (int[])[1, 61, 86_400])
                if (Some.Charge(tariff, Some.Call(number.Item2, seconds, cost: 0.1m)) != 0) return false;
            return true;
        }).QuickCheckThrowOnFailure();
    }
}
