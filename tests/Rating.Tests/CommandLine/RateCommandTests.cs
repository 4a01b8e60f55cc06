using System.Text.Json;
using Billing.Rating.CommandLine;

namespace Billing.Rating.Tests.CommandLine;

/// <summary><c>billing rate</c>: exact shapes, because other programs read them.</summary>
public class RateCommandTests
{
    private const string FivePence = """[{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "connection": "0.03" }]""";

    [Fact]
    [Trait("feature", "R3")]
    public void R3_a_call_is_answered_with_its_id_charge_currency_and_steps()
    {
        var (exitCode, lines, _) = Run("""{"id":"1","startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":61,"cost":"0.01","chargeCode":null}""");
        exitCode.ShouldBe(0);
        lines.Single().ShouldStartWith("""{"id":"1","charge":"0.0809","currency":"GBP","steps":[{"step":"rate","by":"prefix","key":"44","destination":"UK",""");
        using var answer = JsonDocument.Parse(lines.Single());
        answer.RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString())
            .ShouldBe(["rate", "duration", "slice", "usage", "connection", "round"]);
    }

    [Fact]
    public void N5_R15_a_charge_of_two_parts_shows_both_and_messages_and_data_say_how_much()
    {
        var (exitCode, lines, _) = Run(File.ReadAllText(Repository.PathOf("templates", "tariffs", "uk-home.json")),
            """{"id":"1","startedAt":"2026-03-26T10:00:00Z","to":"+448445551234","durationSeconds":90}""",
            """{"id":"2","startedAt":"2026-03-26T10:00:00Z","to":"+447700900123","kind":"sms","quantity":2}""",
            """{"id":"3","startedAt":"2026-03-26T10:00:00Z","kind":"data","quantity":1048577}""",
            """{"id":"4","startedAt":"2026-03-26T10:00:00Z","kind":"data","answered":false}""");
        exitCode.ShouldBe(0);
        lines[0].ShouldStartWith("""{"id":"1","charge":"0.2626","currency":"GBP","serviceCharge":"0.0875","accessCharge":"0.1751","steps":[""");
        lines[1].ShouldContain("\"charge\":\"0.2000\"");
        lines[2].ShouldContain("\"step\":\"data\",\"bytes\":1048577,\"roundUpTo\":1024,\"billable\":1049600,");
        lines[3].ShouldContain("\"charge\":\"0.0000\"");
    }

    [Fact]
    public void A_call_that_fails_is_answered_with_a_code_and_a_sentence_and_the_others_go_on()
    {
        var (exitCode, lines, _) = Run(
            """{"id":"1","startedAt":"2026-03-26T10:00:00Z","to":"+33123456789","durationSeconds":61}""",
            "",
            """{"id":"2","startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":0}""");
        exitCode.ShouldBe(1);
        lines.Length.ShouldBe(2);
        lines[0].ShouldBe("""{"id":"1","error":"rating.unknown-destination","message":"The tariff 'Sample' knows no rate for +33123456789. Add one, or a costMarkup."}""");
        lines[1].ShouldStartWith("""{"id":"2","charge":"0.0000","currency":"GBP",""");
    }

    [Theory]
    [InlineData("{", "rating.bad-json")]
    [InlineData("[]", "rating.bad-json")]
    [InlineData("""{"startedAt":"\ud800","to":"+442079460000","durationSeconds":1}""", "rating.bad-json")]
    [InlineData("""{"startedAt":"T10:00:00Z","to":"+442079460000","durationSeconds":1}""", "rating.bad-time")]
    [InlineData("""{"startedAt":"2026-02-30T10:00:00Z","to":"+442079460000","durationSeconds":1}""", "rating.bad-time")]
    [InlineData("null", "rating.bad-json")]
    [InlineData("""{"startedAt":null,"to":"+442079460000","durationSeconds":1}""", "rating.bad-time")]
    [InlineData("""{"to":"+442079460000","durationSeconds":1}""", "rating.bad-time")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00","to":"+442079460000","durationSeconds":1}""", "rating.bad-time")]
    [InlineData("""{"startedAt":"2026-03-26","to":"+442079460000","durationSeconds":1}""", "rating.bad-time")]
    [InlineData("""{"startedAt":5,"to":"+442079460000","durationSeconds":1}""", "rating.bad-time")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000"}""", "rating.bad-duration")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":"x"}""", "rating.bad-duration")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":1e20}""", "rating.bad-duration")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":-5,"cost":"1"}""", "rating.bad-duration")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"anonymous","durationSeconds":1}""", "rating.bad-number")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+44","durationSeconds":1}""", "rating.bad-number")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":null,"durationSeconds":1}""", "rating.no-number")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":1,"cost":"1,5"}""", "rating.bad-cost")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":1,"chargeCode":7}""", "rating.bad-charge-code")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":1,"kind":"sms"}""", "rating.bad-quantity")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","kind":"sms","quantity":1}""", "rating.unknown-destination")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","kind":"data","quantity":-1}""", "rating.bad-quantity")]
    [InlineData("""{"startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":1,"kind":"fax"}""", "rating.bad-kind")]
    public void A_line_that_makes_no_sense_is_named_by_its_number(string line, string code)
    {
        var (exitCode, lines, errors) = Run("""{"id":"ok","startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":1}""", line);
        exitCode.ShouldBe(1);
        errors.ShouldBeEmpty();
        lines[1].ShouldStartWith($$"""{"line":2,"id":null,"error":"{{code}}","message":""");
    }

    [Fact]
    [Trait("feature", "R1")]
    public void R1_fractions_of_a_second_round_up_before_anything_else()
    {
        var (_, lines, _) = Run("""{"id":7,"startedAt":"2026-03-26T10:00:00+01:00","to":"+442079460000","durationSeconds":60.01}""");
        lines.Single().ShouldStartWith("""{"id":"7","charge":"0.0809",""");
    }

    [Fact]
    public void What_cdr_parse_writes_can_be_fed_in_as_it_is()
    {
        var (exitCode, lines, _) = Run("""
            {"line":2,"id":"A1","startedAt":"2023-03-26T08:01:02Z","direction":"out","from":"+441632960000","to":"+442079460000","identity":"trunk","answered":true,"durationSeconds":61,"kind":"voice","quantity":1,"chargeCode":"UKN","description":"UK LONDON","cost":"0.0014","currency":"GBP"}
            """.Trim(),
            """{"id":"A2","startedAt":"2023-03-26T08:01:02Z","to":"+442079460000","answered":false,"durationSeconds":20,"kind":"voice","chargeCode":null,"cost":null,"currency":null}""");
        exitCode.ShouldBe(0);
        lines[0].ShouldStartWith("""{"id":"A1","charge":"0.0809",""");
        lines[1].ShouldStartWith("""{"id":"A2","charge":"0.0000",""");
    }

    [Fact]
    [Trait("feature", "R16")]
    public void R16_a_credit_is_printed_with_a_minus_and_one_of_nothing_without()
    {
        var (_, lines, _) = Run(
            """{"id":"1","startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":61,"cost":"-0.01"}""",
            """{"id":"2","startedAt":"2026-03-26T10:00:00.5Z","to":"+442079460000","durationSeconds":0,"cost":-1e-05}""");
        lines[0].ShouldStartWith("""{"id":"1","charge":"-0.0809",""");
        lines[1].ShouldStartWith("""{"id":"2","charge":"-0.0001",""");
        var free = Some.Document("""[{ "prefix": "44", "destination": "UK", "perMinute": "0" }]""");
        Run(free, """{"id":"3","startedAt":"2026-03-26T10:00Z","to":"+442079460000","durationSeconds":61,"cost":"-0.01"}""").Lines.Single()
            .ShouldStartWith("""{"id":"3","charge":"0.0000",""");
    }

    [Theory]
    [InlineData("""{ "mode": "up", "unit": "0.001", "level": "call" }""", "0.081")]
    [InlineData("""{ "mode": "up", "unit": "0.01", "level": "call" }""", "0.09")]
    [InlineData("""{ "mode": "up", "unit": "1", "level": "call" }""", "1.00")]
    [InlineData("""{ "mode": "down", "unit": "0.0005", "level": "call" }""", "0.0805")]
    [InlineData("""{ "mode": "up", "unit": "0.01", "level": "line" }""", "0.0808333333333333333333333333")]
    public void A_charge_is_printed_with_the_decimals_of_the_rounding_unit(string rounding, string charge)
    {
        var (_, lines, _) = Run(Some.Document(FivePence, rounding), """{"id":"1","startedAt":"2026-03-26T10:00:00Z","to":"+442079460000","durationSeconds":61}""");
        using var answer = JsonDocument.Parse(lines.Single());
        answer.RootElement.GetProperty("charge").GetString().ShouldBe(charge);
    }

    [Fact]
    public void A_refused_tariff_prices_nothing_and_every_fault_is_a_line_on_stderr()
    {
        var document = Some.Document(rates: """[{ "prefix": "+44", "destination": "UK", "perMinute": "0.05" }, { "prefix": "33", "perMinute": "-1" }]""");
        var (exitCode, lines, errors) = Run(document, "{}");
        exitCode.ShouldBe(2);
        lines.ShouldBeEmpty();
        errors.Length.ShouldBe(3);
        errors.ShouldAllBe(line => line.StartsWith("tariff.json: $.rates["));
    }

    private static (int ExitCode, string[] Lines, string[] Errors) Run(params string[] calls) =>
        calls[0].Contains("formatVersion", StringComparison.Ordinal) ? Run(calls[0], calls[1..]) : Run(Some.Document(FivePence), calls);

    private static (int ExitCode, string[] Lines, string[] Errors) Run(string tariff, string[] calls)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var tariffText = new StringReader(tariff);
        using var callText = new StringReader(string.Join('\n', calls));
        var exitCode = RateCommand.Run("tariff.json", tariffText, callText, output, errors, CancellationToken.None);
        return (exitCode, Lines(output), Lines(errors));
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
