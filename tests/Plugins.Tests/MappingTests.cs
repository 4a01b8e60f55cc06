using System.Text;
using Billing.Abstractions.Testing;
using Billing.Usage.Mapping;

namespace Billing.Plugins.Tests;

/// <summary>CDR-1 and the mapped CSV: a carrier described in settings, read without code.</summary>
public sealed class MappingTests
{
    public static TheoryData<string, string> Samples => Mappings.Samples;

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_gives_its_approved_result(string mapping, string sample) => CdrApproval.Check(Mappings.Of(mapping), sample).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_described_format_keeps_every_rule_of_the_contract(string mapping, string sample) =>
        CdrConformance.Check(Mappings.Of(mapping), CdrSampleFile.From(sample)).ShouldBeEmpty();

    [Fact]
    public void Every_ready_made_description_has_a_sample()
    {
        var withSamples = Mappings.Samples.Select(row => (string)row[0]).ToHashSet();
        Mappings.Ids.ShouldAllBe(id => withSamples.Contains(id));
    }

    private const string Least = """
        { "id": "acme", "name": "Acme", "carrier": "Acme", "timeZone": "Europe/London",
          "fields": { "start": { "column": 1, "pattern": "dd/MM/yyyy HH:mm:ss" }, "to": { "column": 2 }, "duration": { "column": 3 } } }
        """;

    [Theory]
    [InlineData("\"id\": \"acme\"", "\"id\": \"Acme Ltd\"", "mapping.bad-id", "id: 'Acme Ltd'")]
    [InlineData("\"timeZone\": \"Europe/London\"", "\"delimiter\": \";\"", "mapping.missing", "timeZone:")]
    [InlineData("Europe/London", "Europe/Nowhere", "mapping.bad-time-zone", "'Europe/Nowhere' is no time zone")]
    [InlineData("dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy", "mapping.bad-time", "timeColumn")]
    [InlineData("dd/MM/yyyy HH:mm:ss", "day month", "mapping.bad-time", "fields.start")]
    [InlineData("\"to\": { \"column\": 2 },", "", "mapping.missing", "called number")]
    [InlineData("\"column\": 3", "\"column\": 0", "mapping.bad-document", "fields.duration.column")]
    [InlineData("\"carrier\"", "\"courier\"", "mapping.bad-document", "courier (line 1): there is no such member")]
    [InlineData("\"fields\"", "\"columns\": 2, \"fields\"", "mapping.bad-column", "column 3")]
    [InlineData("\"fields\"", "\"heading\": false, \"fields\"", null, null)]
    [InlineData("\"column\": 2", "\"column\": \"Called\"", null, null)]
    [InlineData("\"fields\"", "\"delimiter\": \";;\", \"fields\"", "mapping.bad-delimiter", "delimiter:")]
    [InlineData("\"fields\"", "\"quote\": \",\", \"fields\"", "mapping.bad-quote", "quote:")]
    [InlineData("\"fields\": {", "\"fields\": { \"data\": { \"always\": true },", "mapping.missing", "fields.quantity")]
    [InlineData("\"fields\": {", "\"fields\": { \"answered\": { \"column\": 4 },", "mapping.missing", "fields.answered")]
    [InlineData("\"fields\": {", "\"fields\": [", "mapping.bad-document", "no JSON")]
    // What JSON can say and a description can't mean.
    [InlineData("\"name\": \"Acme\"", "\"name\": null", "mapping.bad-document", "name")]
    [InlineData("\"fields\": {", "\"numbers\": null, \"fields\": {", "mapping.bad-document", "numbers")]
    [InlineData("\"fields\": {", "\"fileNames\": [null], \"fields\": {", "mapping.bad-document", "fileNames")]
    [InlineData("\"fields\": {", "\"fields\": { \"from\": { \"columns\": null },", "mapping.bad-document", "fields.from.columns")]
    [InlineData("\"fields\": {", "\"fields\": { \"sms\": { \"column\": 4, \"yes\": [null] },", "mapping.bad-document", "fields.sms.yes")]
    [InlineData("\"name\": \"Acme\"", "\"name\": \"A\\u0000cme\"", "mapping.bad-name", "name")]
    [InlineData("\"id\": \"acme\"", "\"id\": \"new\"", "mapping.bad-id", "'new'")]
    [InlineData("dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm:ss 'é'", "mapping.bad-time", "ASCII")]
    public void A_description_that_can_not_work_is_refused_with_the_place_and_the_reason(string was, string now, string? code, string? says)
    {
        var read = MappingReader.Read(Encoding.UTF8.GetBytes(Least.Replace(was, now, StringComparison.Ordinal)));
        read.TryGet(out _, out var failure).ShouldBe(code is null, failure?.Message);
        if (code is null) return;
        failure!.Code.ShouldBe(code);
        failure.Message.ShouldContain(says!);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        MappingReader.Read("""{ "id": "", "timeZone": "Nowhere" }"""u8.ToArray()).TryGet(out _, out var failure).ShouldBeFalse();
        foreach (var place in (string[])["id:", "name:", "carrier:", "timeZone:", "fields.start:", "fields.to:", "fields.duration:"]) failure!.Message.ShouldContain(place);
    }

    [Fact]
    public void Columns_by_name_are_found_wherever_the_heading_has_them_and_the_missing_one_is_named()
    {
        var format = FormatOf(Least.Replace("\"column\": 1", "\"column\": \"Start\"", StringComparison.Ordinal).Replace("\"column\": 2", "\"column\": \"called no\"", StringComparison.Ordinal)
            .Replace("\"column\": 3", "\"column\": \"Secs\"", StringComparison.Ordinal));
        var read = CdrRecording.Of(format, "a.csv", "Secs,Called No,Ref,START\n61,02079460100,x,15/06/2026 09:00:00\n"u8.ToArray());
        read.Problems.ShouldBeEmpty();
        read.Records.Single().Text.ShouldContain("\"to\":\"+442079460100\",");
        read.Records.Single().Text.ShouldContain("\"durationSeconds\":61,");

        var without = CdrRecording.Of(format, "a.csv", "Secs,Ref,START\n61,x,15/06/2026 09:00:00\n"u8.ToArray());
        without.Records.ShouldBeEmpty();
        without.Problems.First().Text.ShouldContain("The first line should name the columns, and has no 'called no'.");
    }

    [Fact]
    public void Pence_signs_totals_remarks_messages_and_data_are_as_described()
    {
        var format = FormatOf("""
            { "id": "acme", "name": "Acme", "carrier": "Acme", "timeZone": "Europe/London", "heading": false, "comment": "#", "delimiter": "|", "quote": "",
              "trailer": { "startsWith": "TRAILER", "records": 2, "seconds": 3, "cost": 4 },
              "fields": {
                "start": { "column": 1, "timeColumn": 2, "pattern": "dd/MM/yyyy" }, "from": { "columns": [3, 8] }, "to": { "column": 4 }, "duration": { "column": 5, "unit": "clock" },
                "cost": { "column": 6, "isMinor": true, "isNegated": true }, "currency": { "value": "GBP" }, "identity": { "value": "trunk-1" },
                "sms": { "column": 7, "yes": ["S"], "no": ["V", "D"] }, "data": { "column": 7, "yes": ["D"] }, "quantity": { "column": 9, "bytesEach": 1024 } } }
            """);
        var read = CdrRecording.Of(format, "a.txt", """
            # made on Monday
            15/06/2026|09:00:00|02079460100|01632960200|0:01:01|-12.5|V||
            15/06/2026|0901||01632960201|0:00:00|3|S|07700900111|2
            15/06/2026|09.02.03||||0|D|07700900111|5
            15/06/2026|09:03|||0:00:01|0|V|07700900111|
            15/06/2026|09:04||01632960200|0:00:01|0|X|07700900111|
            TRAILER|5|61|-9.5

            """u8.ToArray());
        read.Records.Select(record => record.Text).ShouldBe(
        [
            """{"id":null,"startedAt":"2026-06-15T09:00:00","direction":"out","from":"+442079460100","to":"+441632960200","identity":"trunk-1","answered":true,"durationSeconds":61,"kind":"voice","quantity":1,"chargeCode":null,"description":null,"cost":"0.125","currency":"GBP"}""",
            """{"id":null,"startedAt":"2026-06-15T09:01:00","direction":"out","from":"+447700900111","to":"+441632960201","identity":"trunk-1","answered":true,"durationSeconds":0,"kind":"sms","quantity":2,"chargeCode":null,"description":null,"cost":"-0.03","currency":"GBP"}""",
            """{"id":null,"startedAt":"2026-06-15T09:02:03","direction":"out","from":"+447700900111","to":null,"identity":"trunk-1","answered":true,"durationSeconds":0,"kind":"data","quantity":5120,"chargeCode":null,"description":null,"cost":"0.00","currency":"GBP"}""",
        ]);
        read.Problems.Select(problem => problem.LineNumber).ShouldBe([5, 6]);
        read.Problems.Last().Text.ShouldContain("'X' is not one of S, V, D.");
        var totals = read.Expected.Single();
        totals.Records.ShouldBe(5);
        totals.Seconds.ShouldBe(61);
        totals.Cost.ShouldBe(0.095m);
    }

    private static MappedCdrFormat FormatOf(string json)
    {
        MappingReader.Read(Encoding.UTF8.GetBytes(json)).TryGet(out var mapping, out var failure).ShouldBeTrue(failure?.Message);
        return new MappedCdrFormat(mapping!);
    }
}
