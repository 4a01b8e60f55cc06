using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using static Billing.Abstractions.Tests.Cdr.ThreeColumnFormat;

namespace Billing.Abstractions.Tests.Cdr;

public sealed class DelimitedFileTests
{
    [Fact]
    public void Lf_crlf_and_cr_may_be_mixed()
    {
        var read = Read($"{Line(1)}\r\n{Line(2)}\n{Line(3)}\r{Line(4)}\r\n");
        read.Records.Select(r => r.LineNumber).ShouldBe([1, 2, 3, 4]);
        read.Lines.ShouldBe(4);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_field() =>
        Read($"\uFEFF{Line(1)}\n").Records.Single().Text.ShouldContain("\"to\":\"+442079460001\"");

    [Fact]
    public void Blank_lines_and_rows_of_delimiters_are_skipped_and_counted()
    {
        var read = Read($"\n\n{Line(1)}\n   \n,,,\n{Line(2)}\n\x1A");
        read.Records.Select(r => r.LineNumber).ShouldBe([3, 6]);
        read.Entries.Count(e => e.Kind == CdrEntryKind.Skip).ShouldBe(5);
        read.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_heading_is_known_by_what_it_is_whatever_its_columns_are_called()
    {
        var read = Read($"Nummer,Begin,Dauer\n{Line(1)}\nNummer,Begin,Dauer\n{Line(2)}\n");
        read.Records.Count().ShouldBe(2);
        read.Entries.Where(e => e.Kind == CdrEntryKind.Skip).Select(e => e.LineNumber).ShouldBe([1, 3]);
    }

    [Fact]
    public void A_first_line_with_a_mistake_is_no_heading()
    {
        var read = Read($"{Line(1).Replace("2026-06", "2026-16", StringComparison.Ordinal)}\n{Line(2)}\n");
        read.Problems.Single().ShouldSatisfyAllConditions(
            p => p.LineNumber.ShouldBe(1),
            p => p.Text.ShouldContain("cdr.bad-time"),
            p => p.Text.ShouldContain("Field 2 (start): '2026-16-15 10:00:01' is not a time written yyyy-MM-dd HH:mm:ss."));
    }

    [Fact]
    public void Where_the_dialect_says_so_the_first_line_is_a_heading_even_if_it_looks_like_a_record() =>
        Read($"{Line(1)}\n{Line(2)}\n", new CdrDialect { Heading = CdrHeading.Always }).Records.Single().LineNumber.ShouldBe(2);

    [Fact]
    public void Trailers_and_comments_are_skipped_and_a_trailers_totals_are_kept()
    {
        var read = Read($"{Line(1)}\n# remark\nTOTAL,1\n");
        read.Entries.Select(e => e.Text).Skip(1).ShouldBe(["{\"skipped\":\"comment\"}", "{\"skipped\":\"trailer\"}"]);
        read.Expected.ShouldBe([new CdrTotals(Records: 1)]);
    }

    [Fact]
    public void Quotes_protect_delimiters_line_ends_and_doubled_quotes()
    {
        var read = Read($"{Line(1, "\"a, b\"")}\n{Line(2, "\"two\nlines\"")}\n{Line(3, "\"say \"\"yes\"\" now\"")}\n{Line(4, "\"\"\"\"")}\n{Line(5, "\"\"")}\n");
        var records = read.Records.ToList();
        records[0].Text.ShouldContain("\"description\":\"a, b\"");
        records[1].ShouldSatisfyAllConditions(r => r.LineNumber.ShouldBe(2), r => r.LineCount.ShouldBe(2), r => r.Text.ShouldContain("two\\nlines"));
        records[2].ShouldSatisfyAllConditions(r => r.LineNumber.ShouldBe(4), r => r.Text.ShouldContain("say \\\"yes\\\" now"));
        records[3].Text.ShouldContain("\"description\":\"\\\"\"");
        records[4].Text.ShouldContain("\"description\":null");
        read.Lines.ShouldBe(6);
    }

    [Fact]
    public void A_quotation_mark_inside_an_unquoted_field_is_a_character() =>
        Read($"{Line(1, "5\" pipe")}\n{Line(2)}\n").Records.Select(r => r.LineNumber).ShouldBe([1, 2]);

    [Fact]
    public void Spaces_round_a_quoted_field_do_no_harm() =>
        Read($"{Line(1, " \"a, b\" ")}\n").Records.Single().Text.ShouldContain("\"description\":\"a, b\"");

    [Theory]
    [InlineData("\"open", "nothing else is quoted")]
    [InlineData("\"open", "\"quoted\"")]
    [InlineData("\"op\"en\"", "\"quoted\"")]
    public void A_quote_that_would_swallow_the_file_costs_its_own_line(string broken, string others)
    {
        var lines = Enumerable.Range(1, 5000).Select(n => Line(n, n == 2500 ? broken : others));
        var read = Read(string.Join('\n', lines) + "\n");
        read.Problems.Single().ShouldSatisfyAllConditions(
            p => p.LineNumber.ShouldBe(2500), p => p.LineCount.ShouldBe(1), p => p.Text.ShouldContain("cdr.open-quote"));
        read.Records.Count().ShouldBe(4999);
        read.Lines.ShouldBe(5000);
    }

    [Fact]
    public void Two_open_quotes_far_apart_do_not_make_one_field_of_what_is_between()
    {
        var lines = Enumerable.Range(1, 200).Select(n => n switch { 50 => Line(n, "\"open"), 150 => "x\"," + Line(n), _ => Line(n) });
        var read = Read(string.Join('\n', lines));
        read.Problems.Select(p => p.LineNumber).ShouldBe([50, 150]);
        read.Records.Count().ShouldBe(198);
    }

    [Fact]
    public void A_last_line_without_its_end_is_a_record_when_it_is_whole() =>
        Read($"{Line(1)}\n{Line(2)}").Records.Count().ShouldBe(2);

    [Theory]
    [InlineData("+442079460002,2026-06-15 1")]
    [InlineData("+442079460002,2026-06-15 10:00:00,5,\"te")]
    public void A_last_line_that_was_cut_off_says_so(string last)
    {
        var read = Read($"{Line(1)}\n{last}");
        read.Records.Count().ShouldBe(1);
        read.Problems.Single().ShouldSatisfyAllConditions(p => p.LineNumber.ShouldBe(2), p => p.Text.ShouldContain("cdr.truncated"));
    }

    [Fact]
    public void A_line_with_nul_bytes_is_one_problem()
    {
        var read = Read($"{Line(1)}\n{Line(2, "\0\0")}\n{Line(3)}\n");
        read.Problems.Single().ShouldSatisfyAllConditions(p => p.LineNumber.ShouldBe(2), p => p.Text.ShouldContain("cdr.not-text"));
        read.Records.Count().ShouldBe(2);
    }

    [Fact]
    public void A_file_that_turns_into_noise_stops_with_one_clear_answer_and_keeps_what_was_read()
    {
        var read = Read(string.Concat(Enumerable.Range(1, 100).Select(n => Line(n) + "\n")) + string.Concat(Enumerable.Repeat("\0\u0001\u0002\n", 1000)));
        read.Records.Count().ShouldBe(100);
        read.HasEnded.ShouldBeTrue();
        read.Problems.Count().ShouldBe(20);
    }

    [Theory]
    [InlineData("PK\u0003\u0004zip", "zip archive")]
    [InlineData("%PDF-1.7\nrest", "PDF")]
    [InlineData("\0\u0001\u0002\u0003\u0004 noise", "not text")]
    public void A_file_that_is_no_text_gets_one_problem_that_says_what_it_is(string content, string what)
    {
        var read = Read(content);
        read.Entries.Single().Text.ShouldContain(what);
        read.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void Utf_16_is_recognised_and_named() =>
        Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Line(1))).ToArray()).Entries.Single().Text.ShouldContain("UTF-16");

    [Fact]
    public void An_empty_file_is_no_line_at_all() => Read("").Entries.ShouldBeEmpty();

    [Fact]
    public void Latin_1_is_read_as_such_and_loses_no_character() =>
        Read(Encoding.Latin1.GetBytes(Line(1, "Café Zürich") + "\n")).Records.Single().Text.ShouldContain("Café Zürich");

    [Fact]
    public void A_line_longer_than_any_record_is_one_problem_however_long_it_is()
    {
        var read = Read($"{Line(1)}\n{Line(2, new string('x', 900_000))}\n{Line(3)}\n");
        read.Problems.Single().ShouldSatisfyAllConditions(p => p.LineNumber.ShouldBe(2), p => p.Text.ShouldContain("cdr.line-too-long"), p => p.Raw.Length.ShouldBeLessThan(5000));
        read.Records.Select(r => r.LineNumber).ShouldBe([1, 3]);
    }

    [Fact]
    public void Other_delimiters_and_no_quotes_and_decimal_commas_are_a_matter_of_the_dialect()
    {
        var read = Read(Line(1, "\"x").Replace(',', ';').Replace(";1;", ";1,5;", StringComparison.Ordinal) + "\n", new CdrDialect(';') { Quote = '\0', DecimalComma = true });
        read.Records.Single().Text.ShouldContain("\"durationSeconds\":2");
        read.Records.Single().Text.ShouldContain("\"description\":\"\\\"x\"");
    }

    [Fact]
    public void A_bad_record_over_two_lines_is_one_problem_of_two_lines()
    {
        var read = Read($"{Line(1)}\n{Line(2, "\"a\nb\"").Replace("2026", "x", StringComparison.Ordinal)}\n{Line(4)}\n");
        read.Problems.Single().ShouldSatisfyAllConditions(p => p.LineNumber.ShouldBe(2), p => p.LineCount.ShouldBe(2));
        read.Lines.ShouldBe(4);
    }
}
