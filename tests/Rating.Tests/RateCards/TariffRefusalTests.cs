using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.RateCards;

/// <summary>Documents that must not become tariffs, and what the author is told.</summary>
public class TariffRefusalTests
{
    [Theory]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "-0.05" }""", "tariff.negative-price", "$.rates[0].perMinute")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": 0.05 }""", "tariff.bad-price", "$.rates[0].perMinute")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "£0.05" }""", "tariff.bad-price", "$.rates[0].perMinute")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "1e-2" }""", "tariff.bad-price", "$.rates[0].perMinute")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.12345678901" }""", "tariff.bad-price", "$.rates[0].perMinute")]
    [InlineData("""{ "prefix": "44", "destination": "UK" }""", "tariff.no-price", "$.rates[0].perMinute")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "free": true, "perMinute": "0" }""", "tariff.free-with-price", "$.rates[0].free")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "free": true, "connection": "0.03" }""", "tariff.free-with-price", "$.rates[0].free")]
    [InlineData("""{ "prefix": "44", "perMinute": "0.05" }""", "tariff.missing-member", "$.rates[0].destination")]
    [InlineData("""{ "prefix": "44", "destination": " ", "perMinute": "0.05" }""", "tariff.missing-member", "$.rates[0].destination")]
    [InlineData("""{ "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-key", "$.rates[0].prefix")]
    [InlineData("""{ "prefix": "44", "chargeCode": "UKN", "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-key", "$.rates[0].prefix")]
    [InlineData("""{ "prefix": "+44", "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-key", "$.rates[0].prefix")]
    [InlineData("""{ "prefix": "4.47E+11", "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-key", "$.rates[0].prefix")]
    [InlineData("""{ "prefix": "1234567890123456", "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-key", "$.rates[0].prefix")]
    [InlineData("""{ "prefix": 44, "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-member", "$.rates[0].prefix")]
    [InlineData("""{ "shortCode": "11*8", "destination": "UK", "perCall": "0.05" }""", "tariff.bad-key", "$.rates[0].shortCode")]
    [InlineData("""{ "chargeCode": "UKN ", "destination": "UK", "perMinute": "0.05" }""", "tariff.bad-key", "$.rates[0].chargeCode")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "pricePerMin": "1" }""", "tariff.unknown-member", "$.rates[0].pricePerMin")]
    [InlineData("""{ "prefix": "44", "prefix": "45", "destination": "UK", "perMinute": "0.05" }""", "tariff.duplicate-member", "$.rates[0].prefix")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "interval": { "first": 0, "next": 1 } }""", "tariff.bad-seconds", "$.rates[0].interval.first")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "interval": { "first": 60 } }""", "tariff.missing-member", "$.rates[0].interval.next")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "freeSeconds": 1.5 }""", "tariff.bad-seconds", "$.rates[0].freeSeconds")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "minimum": "2", "maximum": "1" }""", "tariff.minimum-over-maximum", "$.rates[0].minimum")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "from": "2026-02-01", "to": "2026-02-01" }""", "tariff.empty-period", "$.rates[0].to")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": "0.05", "from": "01/02/2026" }""", "tariff.bad-date", "$.rates[0].from")]
    [InlineData("""{ "prefix": "44", "destination": "UK", "perMinute": { "evening": "0.05" } }""", "tariff.unknown-band", "$.rates[0].perMinute.evening")]
    [InlineData("""5""", "tariff.bad-member", "$.rates[0]")]
    public void A_bad_rate_is_refused_with_its_path(string rate, string code, string path) =>
        Refused(Document(rate)).ShouldBe([(code, path)]);

    [Theory]
    [InlineData("""{ "currency": "" }""", "tariff.missing-member", "$.currency")]
    [InlineData("""{ "currency": "pounds" }""", "tariff.bad-currency", "$.currency")]
    [InlineData("""{ "currency": null }""", "tariff.missing-member", "$.currency")]
    [InlineData("""{ "timeZone": "Europe/Londn" }""", "tariff.unknown-time-zone", "$.timeZone")]
    [InlineData("""{ "formatVersion": 2 }""", "tariff.other-format-version", "$.formatVersion")]
    [InlineData("""{ "formatVersion": null }""", "tariff.missing-member", "$.formatVersion")]
    [InlineData("""{ "rounding": null }""", "tariff.missing-member", "$.rounding")]
    [InlineData("""{ "rounding": { "mode": "nearest", "unit": "0.01", "level": "call" } }""", "tariff.unknown-word", "$.rounding.mode")]
    [InlineData("""{ "rounding": { "mode": "up", "unit": "0", "level": "call" } }""", "tariff.bad-unit", "$.rounding.unit")]
    [InlineData("""{ "rounding": { "mode": "up", "unit": "0.01", "level": "invoice" } }""", "tariff.unknown-word", "$.rounding.level")]
    [InlineData("""{ "bandPricing": "middle" }""", "tariff.unknown-word", "$.bandPricing")]
    [InlineData("""{ "defaults": {} }""", "tariff.no-interval", "$.rates[0].interval")]
    [InlineData("""{ "costMarkup": {} }""", "tariff.missing-member", "$.costMarkup.percent")]
    [InlineData("""{ "costMarkup": { "percent": "-5" } }""", "tariff.negative-price", "$.costMarkup.percent")]
    [InlineData("""{ "costMarkup": { "percent": "50000" } }""", "tariff.bad-percent", "$.costMarkup.percent")]
    [InlineData("""{ "holidays": { "dates": ["2026-12-25", "2026-12-25"] } }""", "tariff.duplicate-holiday", "$.holidays.dates[1]")]
    [InlineData("""{ "holidays": { "dates": [20261225] } }""", "tariff.bad-date", "$.holidays.dates[0]")]
    [InlineData("""{ "timeBands": [] }""", "tariff.bad-bands", "$.timeBands")]
    [InlineData("""{ "rates": {} }""", "tariff.bad-member", "$.rates")]
    [InlineData("""{ "allowances": [] }""", "tariff.unknown-member", "$.allowances")]
    public void A_bad_frame_is_refused_with_its_path(string more, string code, string path) =>
        Refused(Some.Document(more: more)).ShouldBe([(code, path)]);

    [Fact]
    public void Two_equal_prefixes_in_force_on_one_day_are_ambiguous_and_both_are_named()
    {
        var reading = TariffReader.Read(Some.Document("""
            [{ "prefix": "44", "destination": "UK", "perMinute": "0.05" },
             { "prefix": "33", "destination": "France", "perMinute": "0.05", "to": "2026-01-01" },
             { "prefix": "33", "destination": "France", "perMinute": "0.06", "from": "2026-01-01" },
             { "chargeCode": "44", "destination": "A code of two digits", "perMinute": "0.05" },
             { "prefix": "44", "destination": "Britain", "perMinute": "0.05", "from": "2026-01-01", "to": "2026-02-01" },
             { "prefix": "44", "destination": "United Kingdom", "perMinute": "0.05", "from": "2026-03-01" }]
            """));
        reading.Errors.Select(error => (error.Code, error.Place)).ShouldBe([("tariff.ambiguous", "$.rates[4]"), ("tariff.ambiguous", "$.rates[5]")]);
        reading.Errors[1].Message.ShouldContain("United Kingdom");
        reading.Errors[1].Message.ShouldContain("$.rates[0]");
    }

    [Fact]
    [Trait("feature", "R7")]
    public void R7_a_gap_in_the_week_is_refused_and_says_what_lies_on_either_side()
    {
        var reading = TariffReader.Read(Some.Document(timeBands: Some.PeakAndOffPeak.Replace("\"to\": \"18:00\"", "\"to\": \"17:59\"", StringComparison.Ordinal)));
        var error = reading.Errors.Single();
        error.Code.ShouldBe("tariff.band-gap");
        error.Place.ShouldBe("$.timeBands");
        error.Message.ShouldStartWith("mon, tue, wed, thu, fri: 17:59-18:00 belongs to no band; it lies between 'peak' at $.timeBands[0].when[0] and 'off-peak' at $.timeBands[1].when[1].");
    }

    [Fact]
    [Trait("feature", "R7")]
    public void R7_an_overlap_in_the_week_is_refused_and_names_both()
    {
        var error = TariffReader.Read(Some.Document(timeBands: Some.PeakAndOffPeak.Replace("\"18:00\", \"to\": \"24:00\"", "\"17:30\", \"to\": \"24:00\"", StringComparison.Ordinal))).Errors.Single();
        error.Code.ShouldBe("tariff.band-overlap");
        error.Message.ShouldStartWith("mon, tue, wed, thu, fri: 17:30-18:00 belongs to both 'peak' and 'off-peak'.");
        error.Message.ShouldContain("look at $.timeBands[0].when[0] and at $.timeBands[1].when[1]");
    }

    [Theory]
    [InlineData("\"to\": \"18:00\"", "\"to\": \"6pm\"", "tariff.bad-clock")]
    [InlineData("\"to\": \"18:00\"", "\"to\": \"24:01\"", "tariff.bad-clock")]
    [InlineData("\"to\": \"18:00\"", "\"to\": \"07:00\"", "tariff.bad-window")]
    [InlineData("\"from\": \"08:00\"", "\"from\": \"24:00\"", "tariff.bad-clock")]
    [InlineData("\"sun\"", "\"Sunday\"", "tariff.unknown-word")]
    [InlineData("\"off-peak\"", "\"peak\"", "tariff.duplicate-band")]
    [InlineData("\"sun\"", "\"sun\", \"mon\"", "tariff.band-overlap")]
    [InlineData("\"sat\",\"sun\"", "\"sat\"", "tariff.band-gap")]
    public void Bands_that_make_no_sense_are_refused(string text, string replacement, string code)
    {
        var bands = Some.PeakAndOffPeak.Replace(text, replacement, StringComparison.Ordinal);
        bands.ShouldNotBe(Some.PeakAndOffPeak);
        TariffReader.Read(Some.Document(timeBands: bands)).Errors.ShouldContain(error => error.Code == code);
    }

    [Fact]
    public void A_calendar_needs_bands_that_cover_the_day_holiday()
    {
        var error = TariffReader.Read(Some.Document(timeBands: Some.PeakAndOffPeak, more: """{ "holidays": { "dates": ["2026-12-25"] } }""")).Errors.Single();
        error.Message.ShouldStartWith("holiday: 00:00-24:00 belongs to no band");
    }

    [Fact]
    public void Bands_need_a_word_on_calls_that_cross_them_and_prices_for_each()
    {
        var reading = TariffReader.Read(Some.Document("""[{ "prefix": "44", "destination": "UK", "perMinute": { "peak": "0.05" } }]""",
            timeBands: Some.PeakAndOffPeak, more: """{ "bandPricing": null }"""));
        reading.Errors.Select(error => error.Code).ShouldBe(["tariff.missing-member", "tariff.missing-band-price"]);
        reading.Errors[1].Message.ShouldContain("off-peak");
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var reading = TariffReader.Read("""{ "formatVersion": 1, "currency": "GBP", "rates": [{ "prefix": "x" }, { "prefix": "44", "destination": "UK", "perMinute": "y" }] }""");
        reading.Errors.Select(error => error.Place).ShouldBe(
            ["$.name", "$.timeZone", "$.rounding", "$.rates[0].prefix", "$.rates[0].destination", "$.rates[1].perMinute"]);
        reading.Errors.ShouldAllBe(error => error.Message.Length > 10);
    }

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("{\n  \"name\": \"x\",\n  \"currency\" \"GBP\"\n}", "line 3, column 14")]
    public void What_is_not_json_is_refused_with_line_and_column(string text, string place)
    {
        var error = TariffReader.Read(text).Errors.Single();
        error.Code.ShouldBe("tariff.not-json");
        error.Place.ShouldBe(place);
    }

    [Theory]
    [InlineData("""{ "name": "\ud800" }""")]
    [InlineData("""{ "\ud800": 1 }""")]
    [InlineData("""{ "name": "half" }""")]
    public void Text_that_is_not_unicode_is_refused_and_not_a_crash(string text) =>
        TariffReader.Read(text.Replace("half", new string('\ud800', 1), StringComparison.Ordinal)).Errors[^1].Code.ShouldBe("tariff.not-json");

    [Fact]
    public void A_wrong_column_is_listed_a_thousand_times_and_then_counted()
    {
        var rates = string.Join(',', Enumerable.Range(1, 1500).Select(i => $$"""{ "prefix": "{{i}}", "destination": "X", "perMinute": "-1" }"""));
        var errors = TariffReader.Read(Some.Document($"[{rates}]")).Errors;
        errors.Count.ShouldBe(1001);
        errors[^1].Message.ShouldStartWith("500 more errors");
    }

    // By hand and not through a JSON object: a duplicate member would be gone before the reader sees it.
    private static string Document(string rate) => $$"""
        { "formatVersion": 1, "name": "Sample", "currency": "GBP", "timeZone": "Europe/London",
          "rounding": { "mode": "up", "unit": "0.0001", "level": "call" }, "defaults": { "interval": { "first": 60, "next": 1 } },
          "rates": [{{rate}}] }
        """;

    private static IEnumerable<(string Code, string Place)> Refused(string document)
    {
        var reading = TariffReader.Read(document);
        reading.Tariff.ShouldBeNull();
        return reading.Errors.Select(error => (error.Code, error.Place));
    }
}
