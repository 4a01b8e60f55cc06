using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.Engine;

/// <summary>
/// The worked figures of the rule book that belong to rating, as one table: what is given, what must come out. Amounts are in pence here, as they
/// are worked there.
/// </summary>
public class WorkedVectorTests
{
    private static readonly Vector[] table =
    [
        new("1", "R2", "61 s at 60/60", "120 s", () => Billable(60, 60)),
        new("1", "R2", "61 s at 60/1", "61 s", () => Billable(60, 1)),
        new("1", "R2", "61 s at 1/1", "61 s", () => Billable(1, 1)),
        new("1", "R2", "61 s at 30/6", "66 s", () => Billable(30, 6)),
        new("1", "R2", "61 s at 60/6", "66 s", () => Billable(60, 6)),

        new("2", "R3", "61 s, 60/1, 5p/min, set-up 3p, not rounded", "8.0833p", () => Pence(Charge(Fivepence(), "0.0001", level: "line"))),
        new("2", "R3", "the same, up to 0.01p", "8.09p", () => Pence(Charge(Fivepence(), "0.0001"))),
        new("2", "R3", "the same, up to 0.1p", "8.1p", () => Pence(Charge(Fivepence(), "0.001"))),
        new("2", "R3", "the same, up to 1p", "9p", () => Pence(Charge(Fivepence(), "0.01"))),

        new("3", "R3", "the same, minimum 10p with set-up", "10p", () => Pence(Charge(Fivepence("\"minimum\": \"0.10\", \"minimumIncludesConnection\": true,"), "0.0001"))),
        new("3", "R3", "the same, minimum 10p without set-up", "13p", () => Pence(Charge(Fivepence("\"minimum\": \"0.10\", \"minimumIncludesConnection\": false,"), "0.0001"))),

        new("4", "R6", "17:59:59, 600 s, 2p then 1p from 18:00, at start", "20p", () => Pence(OverSix("at-start"))),
        new("4", "R6", "the same, split", "10.0167p", () => Pence(OverSix("split"))),

        new("6", "N5", "0844 at 6p/min and 12p/min access, 90 s, service charge", "9p", () => Pence(ServiceCall().ServiceCharge)),
        new("6", "N5", "the same, access charge", "18p", () => Pence(ServiceCall().AccessCharge)),
        new("6", "N5", "the same, both", "27p", () => Pence(ServiceCall().Charge)),

        new("15", "T2", "01:30 in London on 25 Oct 2026", "00:30Z or 01:30Z", () => Instants(new DateTime(2026, 10, 25, 1, 30, 0))),
        new("16", "T2", "01:30 in London on 29 Mar 2026", "no instant; shifted 01:30Z", () => Instants(new DateTime(2026, 3, 29, 1, 30, 0))),

        new("18", "N2", "447624xxxxxx among 44, 447, 447624", "447624", () => PrefixOf("2026-03-31T22:59:59Z")),
        new("18", "N2", "the same, 447624 expired", "447", () => PrefixOf("2026-03-31T23:00:00Z")),

        new("25", "R16", "credit for the call of 2, up to 0.01p", "-8.09p", () => Pence(Charge(Fivepence(), "0.0001", cost: -0.05m))),
        new("25", "R16", "credit for the call of 2, up to 0.1p", "-8.1p", () => Pence(Charge(Fivepence(), "0.001", cost: -0.05m))),
        new("25", "R16", "credit for the call of 2, up to 1p", "-9p", () => Pence(Charge(Fivepence(), "0.01", cost: -0.05m))),
        new("25", "R16", "the charge of 2 as stored, taken back", "-8.09p", () => Pence(Some.TariffOf(Fivepence()).Rate(Some.Call()).Reverse().Charge)),
        new("25", "R16", "credit for the call of 6: service charge and access charge", "-9p and -18p", () => ServiceCall(-0.01m) is var c ? $"{Pence(c.ServiceCharge)} and {Pence(c.AccessCharge)}" : ""),
    ];

    public static TheoryData<string, string, string> Table
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var vector in table) rows.Add($"{vector.Number} ({vector.Rule})", vector.Given, vector.Expected);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void R2_R3_R6_R16_N2_N5_T2_the_worked_vectors_come_out(string number, string given, string expected) =>
        table.Single(vector => $"{vector.Number} ({vector.Rule})" == number && vector.Given == given).Run().ShouldBe(expected);

    [Fact]
    public void Every_vector_that_rating_can_show_is_in_the_table() =>
        table.Select(vector => vector.Number).Distinct().ShouldBe(["1", "2", "3", "4", "6", "15", "16", "18", "25"]);

    private static string Billable(int first, int next) => string.Create(CultureInfo.InvariantCulture,
        $"{Some.TariffOf($$"""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "interval": { "first": {{first}}, "next": {{next}} } }""").Rate(Some.Call(seconds: 61)).BillableSeconds} s");

    private static string Fivepence(string more = "") =>
        $$"""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "connection": "0.03", {{more}} "interval": { "first": 60, "next": 1 } }""";

    private static decimal Charge(string rate, string unit, string level = "call", decimal? cost = null) => Some.Charge(Some.TariffOf(rate, unit, level: level), Some.Call(cost: cost));

    private static decimal OverSix(string bandPricing) => Some.Charge(Some.Tariff(Some.Document(
        rates: """[{ "prefix": "44", "destination": "UK", "perMinute": { "peak": "0.02", "off-peak": "0.01" }, "interval": { "first": 1, "next": 1 } }]""",
        rounding: """{ "mode": "up", "unit": "0.0001", "level": "line" }""",
        timeBands: Some.PeakAndOffPeak,
        bandPricing: $"\"{bandPricing}\"")), Some.Call(at: "2026-03-26T17:59:59Z", seconds: 600));

    private static CallCharge ServiceCall(decimal? cost = null) => Some.Tariff(Some.Document(
        rates: """[{ "prefix": "44844", "destination": "UK 0844", "serviceCharge": "084", "perMinute": "0.06", "interval": { "first": 1, "next": 1 } }]""",
        more: """{ "accessCharge": { "perMinute": "0.12", "interval": { "first": 60, "next": 1 } } }""")).Rate(Some.Call("+448445551234", seconds: 90, cost: cost));

    private static string PrefixOf(string at)
    {
        var tariff = Some.Tariff(Some.Document("""
            [{ "prefix": "44", "destination": "UK", "perMinute": "0.01" }, { "prefix": "447624", "destination": "Isle of Man", "perMinute": "0.12", "to": "2026-04-01" },
             { "prefix": "447", "destination": "UK mobile", "perMinute": "0.06" }]
            """));
        return tariff.Tariff.Rates[tariff.Rate(Some.Call("+447624800000", at: at)).RateIndex].Key;
    }

    private static string Instants(DateTime local)
    {
        var instants = ZoneClock.For(TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).InstantsOf(local);
        var earlier = instants.Earlier.ToString("HH:mm'Z'", CultureInfo.InvariantCulture);
        return instants.Count switch { 0 => $"no instant; shifted {earlier}", 1 => earlier, _ => $"{earlier} or {instants.Later.ToString("HH:mm'Z'", CultureInfo.InvariantCulture)}" };
    }

    private static string Pence(decimal pounds) => decimal.Round(pounds * 100, 4, MidpointRounding.AwayFromZero).ToString("0.####", CultureInfo.InvariantCulture) + "p";

    private sealed record Vector(string Number, string Rule, string Given, string Expected, Func<string> Run);
}
