using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Spreadsheets;

namespace Billing.Rating.Tests.RateCards;

public class RateSheetTests
{
    private static readonly Tariff frame = TariffReader.Read(Some.Document(timeBands: Some.PeakAndOffPeak)).TariffOrThrow();

    [Fact]
    public void Columns_come_in_any_order_with_quotes_and_a_price_for_each_band()
    {
        var tariff = Accepted(""""
            Destination,prefix,"Per Minute Peak",per_minute_off-peak,connection,first,next,minimum,from,to
            "Ireland, mobile",35383,0.12,0.08,0.02,30,6,0.05,2026-01-01,2026-07-01
            "He said ""hello""",353,0.05,0.05,,,,,,

            """");
        tariff.Rates.Count.ShouldBe(2);
        var mobile = tariff.Rates[0];
        mobile.Destination.ShouldBe("Ireland, mobile");
        mobile.PerMinute!.In(0).ShouldBe(0.12m);
        mobile.PerMinute.In(1).ShouldBe(0.08m);
        mobile.Terms.NextSeconds.ShouldBe(6);
        mobile.Terms.Minimum.ShouldBe(0.05m);
        mobile.To.ShouldBe(new DateOnly(2026, 7, 1));
        tariff.Rates[1].Destination.ShouldBe("He said \"hello\"");
        tariff.Rates[1].PerMinute!.IsFlat.ShouldBeTrue();
        Some.Charge(CompiledTariff.Compile(tariff), Some.Call("+353831234567", seconds: 31)).ShouldBe(0.092m);
    }

    [Fact]
    public void A_semicolon_a_byte_order_mark_a_plus_and_a_line_end_in_quotes_are_no_trouble()
    {
        var tariff = Accepted("\uFEFFprefix;charge_code;short_code;destination;per_minute;free\r\n+353;;;\"Ireland\n(all)\";0.05;no\r\n;UKN;;UK;0.01;\r\n;;999;Emergency;;yes");
        tariff.Rates.Select(rate => rate.Label).ShouldBe(["prefix 353", "charge code UKN", "short code 999"]);
        tariff.Rates[0].Destination.ShouldBe("Ireland\n(all)");
        tariff.Rates[2].IsFree.ShouldBeTrue();
    }

    [Theory]
    [Trait("feature", "N1")]
    [InlineData("4.47E+11,X,0.1", "tariff.bad-key", "line 2, column 1 (prefix)", "spreadsheet")]
    [InlineData("044,X,0.1", "tariff.bad-key", "line 2, column 1 (prefix)", "country code first")]
    [InlineData("44 20,X,0.1", "tariff.bad-key", "line 2, column 1 (prefix)", "without plus, spaces")]
    [InlineData(",X,0.1", "tariff.bad-key", "line 2, column 1 (prefix)", "nothing")]
    [InlineData("44,,0.1", "tariff.missing-member", "line 2, column 2 (destination)", "empty")]
    [InlineData("44,X,-0.1", "tariff.negative-price", "line 2, column 3 (per_minute)", "negative")]
    [InlineData("44,X,£0.1", "tariff.bad-price", "line 2, column 3 (per_minute)", "symbol")]
    [InlineData("44,X,\"0,1\"", "tariff.bad-price", "line 2, column 3 (per_minute)", "decimal point")]
    [InlineData("44,X,", "tariff.no-price", "line 2, column 3 (per_minute)", "no price")]
    [InlineData("44,X,0,1", "tariff.bad-row", "line 2", "4 fields")]
    [InlineData("44,X", "tariff.bad-row", "line 2", "2 fields")]
    [InlineData("44,\"X,0.1", "tariff.bad-csv", "the sheet", "never closed")]
    public void N1_a_bad_row_is_named_by_line_and_column(string row, string code, string place, string hint)
    {
        var error = Refused($"prefix,destination,per_minute\n{row}\n").Single();
        error.Code.ShouldBe(code);
        error.Place.ShouldBe(place);
        error.Message.ShouldContain(hint);
    }

    [Fact]
    public void Every_bad_row_is_named_not_just_the_first() =>
        Refused("prefix,destination,per_minute,from\n44,UK,x,\n44a,UK,0.1,\n33,France,0.1,01/02/2026\n49,Germany,0.1,\n")
            .Select(error => (error.Code, error.Place))
            .ShouldBe([("tariff.bad-price", "line 2, column 3 (per_minute)"), ("tariff.bad-key", "line 3, column 1 (prefix)"), ("tariff.bad-date", "line 4, column 4 (from)")]);

    [Theory]
    [InlineData("prefix,destination,price", "tariff.unknown-column")]
    [InlineData("prefix,destination,per_minute,per_minute", "tariff.duplicate-member")]
    [InlineData("destination,per_minute", "tariff.missing-column")]
    [InlineData("prefix,per_minute", "tariff.missing-column")]
    [InlineData("prefix,destination,per_minute", "tariff.empty-sheet")]
    [InlineData("", "tariff.missing-column")]
    public void A_header_that_is_none_is_refused(string header, string code) => Refused(header + "\n")[0].Code.ShouldBe(code);

    [Fact]
    public void One_prefix_twice_is_refused_with_both_lines()
    {
        var error = Refused("prefix,destination,per_minute\n44,UK,0.1\n33,France,0.1\n44,Britain,0.2\n").Single();
        error.Code.ShouldBe("tariff.ambiguous");
        error.Place.ShouldBe("line 4");
        error.Message.ShouldContain("line 2");
    }

    [Fact]
    public void A_sheet_replaces_the_frames_rates_or_is_added_to_them()
    {
        const string sheet = "prefix,destination,per_minute\n33,France,0.1\n";
        Read(sheet, RateSheetMode.Replace).TariffOrThrow().Rates.Select(rate => rate.Key).ShouldBe(["33"]);
        Read(sheet, RateSheetMode.Add).TariffOrThrow().Rates.Select(rate => rate.Key).ShouldBe(["44", "33"]);
        Read("prefix,destination,per_minute\n44,UK,0.1\n", RateSheetMode.Add).Errors.Single().Message.ShouldContain("$.rates[0] of the tariff");
    }

    [Fact]
    public void Half_a_set_of_band_prices_is_refused_unless_the_plain_column_stands_in()
    {
        Refused("prefix,destination,per_minute_peak,per_minute_off-peak\n44,UK,0.1,\n").Single().Message.ShouldContain("per_minute_off_peak");
        var rate = Accepted("prefix,destination,per_minute,per_minute_peak\n44,UK,0.1,0.2\n").Rates.Single();
        (rate.PerMinute!.In(0), rate.PerMinute.In(1)).ShouldBe((0.2m, 0.1m));
    }

    [Fact]
    public void A_workbook_is_read_like_a_csv_and_its_places_are_rows_and_letters()
    {
        var good = new XlsxWriter("Rates").Text("Prefix").Text("Destination").Text("Per minute peak").Text("Per minute off peak").Text("from").EndRow()
            .Number(353).Text("Ireland").Number(0.05m).Number(0.1m + 0.2m).Date(new DateOnly(2026, 1, 1)).EndRow()
            .Text("35383").Text("Ireland, mobile").Text("0.12").Number(0.0825m).EndRow().ToBytes();
        var tariff = RateSheet.Read(good, frame, RateSheetMode.Replace).TariffOrThrow();
        tariff.Rates.Select(rate => (rate.Key, rate.PerMinute!.In(1), rate.From)).ShouldBe([("353", 0.3m, new DateOnly(2026, 1, 1)), ("35383", 0.0825m, null)]);

        var bad = new XlsxWriter("Rates").Text("prefix").Text("destination").Text("per_minute").EndRow()
            .Text("44").Text("UK").Text("x").EndRow().Text("0033").Text("France").Number(1).EndRow().Text("33").Text("France").Number(1).EndRow().Text("33").Text("France").Number(2).EndRow().ToBytes();
        RateSheet.Read(bad, frame, RateSheetMode.Replace).Errors.Select(error => (error.Code, error.Place)).ShouldBe(
            [("tariff.bad-price", "row 2, column C (per_minute)"), ("tariff.bad-key", "row 3, column A (prefix)"), ("tariff.ambiguous", "row 5")]);
        RateSheet.Read("PK\u0003\u0004 but no workbook"u8.ToArray(), frame, RateSheetMode.Replace).Errors.ShouldHaveSingleItem().Code.ShouldStartWith("sheet.");
        RateSheet.Read("prefix,destination,per_minute\n44,UK,0.1\n"u8.ToArray(), frame, RateSheetMode.Replace).TariffOrThrow().Rates.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_sort_of_rate_has_its_columns()
    {
        var whole = TariffReader.Read(Some.Document(more: """
            { "accessCharge": { "perMinute": "0.12", "interval": { "first": 60, "next": 1 } }, "data": { "megabyte": 1000000, "roundUpTo": 1 } }
            """)).TariffOrThrow();
        using var csv = new StringReader("""
            kind,prefix,charge_code,any,destination,per_minute,per_message,per_megabyte,per_call,service_charge,cost_plus_percent,after,then_per_minute,then_first,then_next,first,next
            ,44844,,,UK 0844,0.05,,,,84,,,,,,1,1
            ,44843,,,UK 0843,,,,0.05,084,,60,0.05,1,1,,
            sms,447,,,UK text,,0.04,,,,,,,,,,
            data,,,yes,Data,,,0.02,,,,,,,,,
            ,,INT,,International,,,,,,15,,,,,,
            """);
        var rates = RateSheet.Read(csv, whole, RateSheetMode.Replace).TariffOrThrow().Rates;
        rates.Select(rate => rate.Label).ShouldBe(["prefix 44844", "prefix 44843", "prefix 447 for messages", "any for data", "charge code INT"]);
        rates[0].ServiceRange.ShouldBe("084");
        rates[1].Stages.Single().ShouldSatisfyAllConditions(stage => stage.AfterSeconds.ShouldBe(60), stage => stage.PerMinute.In(0).ShouldBe(0.05m));
        rates[4].CostPlusPercent.ShouldBe(15m);

        using var half = new StringReader("prefix,destination,per_minute,after\n44,UK,0.1,60\n");
        RateSheet.Read(half, whole, RateSheetMode.Replace).Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Code.ShouldBe("tariff.missing-member"), e => e.Place.ShouldBe("line 2, column 4 (after)"));
    }

    private static Tariff Accepted(string csv) => Read(csv, RateSheetMode.Replace).TariffOrThrow();

    private static IReadOnlyList<TariffError> Refused(string csv)
    {
        var reading = Read(csv, RateSheetMode.Replace);
        reading.IsAccepted.ShouldBeFalse();
        return reading.Errors;
    }

    private static TariffReading Read(string csv, RateSheetMode mode)
    {
        using var text = new StringReader(csv);
        return RateSheet.Read(text, frame, mode);
    }
}
