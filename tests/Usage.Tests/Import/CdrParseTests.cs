using System.Text;
using Billing.Usage.Import;

namespace Billing.Usage.Tests.Import;

public sealed class CdrParseTests : IDisposable
{
    private const string Heading = "id|start|from|to|trunk|seconds|code|text|cost|currency\n";
    private const string Good = "r1|2026-06-15 09:00:00|442079460100|07700900123|T1|61|UKM|UK \"mobile\" O2|0.0100|GBP\n";
    private const string Sparse = "|2026-01-15 09:00:00||118500||5||||\n";
    private const string Bad = "r3|2026-06-15 09:00:00|442079460100|07700900123|T1|soon|UKM||0.01|GBP\n";

    private readonly string folder = Directory.CreateTempSubdirectory("cdr parse ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Records_are_json_lines_and_the_totals_are_the_last_line_on_standard_error()
    {
        var (exit, output, errors) = Run(Heading + Good + Sparse);
        exit.ShouldBe(CdrParse.Good);
        output.ShouldBe(
            """
            {"line":2,"id":"r1","startedAt":"2026-06-15T08:00:00Z","direction":"out","from":"+442079460100","to":"+447700900123","identity":"T1","answered":true,"durationSeconds":61,"kind":"voice","quantity":1,"chargeCode":"UKM","description":"UK \"mobile\" O2","cost":"0.0100","currency":"GBP"}
            {"line":3,"id":null,"startedAt":"2026-01-15T09:00:00Z","direction":"out","from":null,"to":"118500","identity":null,"answered":true,"durationSeconds":5,"kind":"voice","quantity":1,"chargeCode":null,"description":null,"cost":null,"currency":null}

            """);
        errors.ShouldBe("""{"lines":3,"records":2,"answered":2,"seconds":66,"errors":0,"skipped":1}""" + "\n");
    }

    [Fact]
    public void A_bad_line_is_an_object_of_its_own_in_its_place_and_the_exit_code_says_so()
    {
        var (exit, output, errors) = Run(Heading + Good + Bad + Good);
        exit.ShouldBe(CdrParse.FoundErrors);
        output.Split('\n')[1].ShouldBe(
            """{"line":3,"error":"cdr.bad-duration","message":"Field 6 (seconds): 'soon' is not a duration in seconds.","text":"r3|2026-06-15 09:00:00|442079460100|07700900123|T1|soon|UKM||0.01|GBP"}""");
        errors.ShouldEndWith("""{"lines":4,"records":2,"answered":2,"seconds":122,"errors":1,"skipped":1}""" + "\n");
    }

    [Fact]
    public void Totals_that_agree_with_the_trailer_are_no_news() =>
        Run(Heading + Good + Good + "END|2|122|0.0200\n").ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(CdrParse.Good),
            run => run.Errors.ShouldBe("""{"lines":4,"records":2,"answered":2,"seconds":122,"errors":0,"skipped":2}""" + "\n"));

    [Fact]
    public void Totals_that_disagree_are_said_before_the_summary()
    {
        var (exit, _, errors) = Run(Heading + Good + "END|2|122|0.02\n");
        exit.ShouldBe(CdrParse.FoundErrors);
        var lines = errors.TrimEnd().Split('\n');
        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("cdr.totals-disagree: calls.pipe: The file claims 2 records, and there are 1.");
        lines[3].ShouldStartWith("{\"lines\":3,");
    }

    [Fact]
    public void A_file_that_is_not_there_is_bad_usage()
    {
        var errors = new StringWriter();
        new CdrParse(Catalog(), Stream.Null, errors).Run(Path.Combine(folder, "nothing"), null).ShouldBe(CdrParse.BadUsage);
        errors.ToString().ShouldStartWith("usage.no-file: There is no file");
    }

    [Fact]
    public void A_format_that_is_not_there_is_bad_usage_and_the_answer_names_those_that_are() =>
        Run(Good, format: "pipes").ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(CdrParse.BadUsage),
            run => run.Errors.ShouldBe("cdr.unknown-format: There is no CDR format 'pipes'. There are: pipe.\n"));

    [Fact]
    public void A_file_that_no_format_knows_is_bad_usage_and_the_answer_says_what_was_tried() =>
        Run("nothing, like, it\n").ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(CdrParse.BadUsage),
            run => run.Errors.ShouldBe("cdr.not-recognised: No format recognises 'calls.pipe' (50 of 100 needed): pipe 0.\n"));

    [Fact]
    public void A_binary_file_is_named_as_such() => Run("PK\u0003\u0004 noise").Errors.ShouldContain("zip archive");

    [Fact]
    public void An_empty_file_gets_a_clear_answer_and_zeros() =>
        Run("").ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(CdrParse.FoundErrors),
            run => run.Errors.ShouldStartWith("usage.file-empty: "),
            run => run.Errors.ShouldEndWith("""{"lines":0,"records":0,"answered":0,"seconds":0,"errors":0,"skipped":0}""" + "\n"));

    [Fact]
    public void A_large_file_comes_out_whole()
    {
        var (_, output, errors) = Run(Heading + string.Concat(Enumerable.Repeat(Good, 5000)));
        output.Count(c => c == '\n').ShouldBe(5000);
        errors.ShouldContain("\"records\":5000");
    }

    [Fact]
    public void Two_formats_that_are_equally_sure_are_put_before_a_person()
    {
        var catalog = Catalog();
        catalog.Add(new PipeFormat("other-pipe"));
        catalog.Recognise(CdrFormatCatalog.SampleOf("a", "x|y\n"u8)).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe("cdr.ambiguous-format");
        failure.Message.ShouldContain("other-pipe 80, pipe 80");
    }

    [Fact]
    public void The_surest_format_is_taken()
    {
        var catalog = Catalog();
        catalog.Add(new PipeFormat("surer", score: 81));
        catalog.Recognise(CdrFormatCatalog.SampleOf("a", "x|y\n"u8)).ValueOrThrow().Info.Id.ShouldBe("surer");
    }

    [Fact]
    public void The_second_format_of_one_id_is_refused() => Should.Throw<ArgumentException>(() => Catalog().Add(new PipeFormat())).Message.ShouldContain("'pipe'");

    [Fact]
    public void The_list_of_formats_says_what_recognises_them()
    {
        var output = new StringWriter();
        CdrFormatList.Write(Catalog(), output);
        output.ToString().ShouldContain("pipe  Pipes");
        output.ToString().ShouldContain("Bars.");
        output.ToString().ShouldContain("Europe/London");
    }

    private static CdrFormatCatalog Catalog()
    {
        var catalog = new CdrFormatCatalog();
        catalog.Add(new PipeFormat());
        return catalog;
    }

    private (int Exit, string Output, string Errors) Run(string content, string? format = null)
    {
        var path = Path.Combine(folder, "calls.pipe");
        File.WriteAllText(path, content);
        using var output = new MemoryStream();
        var errors = new StringWriter { NewLine = "\n" };
        var exit = new CdrParse(Catalog(), output, errors).Run(path, format);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
