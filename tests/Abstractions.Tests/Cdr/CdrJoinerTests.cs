using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;

namespace Billing.Abstractions.Tests.Cdr;

public sealed class CdrJoinerTests
{
    [Fact]
    public void A_start_and_an_end_become_one_record_of_two_lines()
    {
        var read = Read("START,a,100,+442079460001\nSTART,b,105,+442079460002\nEND,a,160,\nEND,b,170,\n");
        read.Records.Select(r => (r.LineNumber, r.LineCount, r.Raw)).ShouldBe(
        [
            (1L, 2, "START,a,100,+442079460001\nEND,a,160,"),
            (2L, 2, "START,b,105,+442079460002\nEND,b,170,"),
        ]);
        read.Records.First().Text.ShouldContain("\"durationSeconds\":60");
        read.Lines.ShouldBe(4);
    }

    [Fact]
    public void The_end_may_come_before_the_start()
    {
        var read = Read("END,a,160,\nSTART,a,100,+442079460001\n");
        read.Records.Single().ShouldSatisfyAllConditions(r => r.LineNumber.ShouldBe(1), r => r.LineCount.ShouldBe(2), r => r.Text.ShouldContain("\"durationSeconds\":60"));
    }

    [Fact]
    public void What_never_finds_its_other_half_is_reported_line_by_line_in_file_order()
    {
        var read = Read("START,a,100,+442079460001\nEND,b,160,\nSTART,c,100,+442079460001\nEND,c,101,\n");
        read.Problems.Select(p => (p.LineNumber, p.Raw)).ShouldBe([(1L, "START,a,100,+442079460001"), (2L, "END,b,160,")]);
        read.Problems.ShouldAllBe(p => p.Text.Contains("cdr.incomplete"));
        read.Lines.ShouldBe(4);
    }

    [Fact]
    public void A_bad_part_is_its_own_problem_and_the_other_part_still_waits_for_a_good_one()
    {
        var read = Read("START,a,100,+442079460001\nEND,a,soon,\nEND,a,160,\n");
        read.Problems.Single().ShouldSatisfyAllConditions(p => p.LineNumber.ShouldBe(2), p => p.Text.ShouldContain("cdr.bad-duration"));
        read.Records.Single().LineCount.ShouldBe(2);
        read.Lines.ShouldBe(3);
    }

    [Fact]
    public void A_joiner_that_is_full_gives_up_what_has_waited_longest_and_loses_nothing()
    {
        var joiner = new CdrJoiner(maxLines: 2);
        var recording = new CdrRecording();
        for (var i = 1; i <= 5; i++)
        {
            joiner.Add([(byte)i], "line"u8, i);
            joiner.ReportOverflow(recording);
        }
        recording.Problems.Select(p => p.LineNumber).ShouldBe([1, 2, 3]);
        joiner.WaitingLines.ShouldBe(2);
        joiner.Waiting.Select(w => w.LineNumber).ShouldBe([4, 5]);

        joiner.ReportLeftovers(recording);
        recording.Problems.Select(p => p.LineNumber).ShouldBe([1, 2, 3, 4, 5]);
        joiner.WaitingLines.ShouldBe(0);
    }

    [Fact]
    public void A_call_of_nothing_but_parts_is_given_up_again_and_again_and_no_line_is_lost()
    {
        var lines = CdrJoiner.MaxLinesOfCall * 3 + 5;
        var read = CdrRecording.Of(new StartEndFormat(), "a.csv", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("START,c1,10,442079460000\n", lines))));
        read.Records.ShouldBeEmpty();
        read.Problems.Select(problem => problem.LineNumber).ShouldBe(Enumerable.Range(1, lines).Select(line => (long)line));
        read.Problems.First().Text.ShouldContain("more lines came than one call may have");
    }

    [Fact]
    public void The_last_line_that_a_call_may_have_can_make_it_whole()
    {
        var starts = CdrJoiner.MaxLinesOfCall - 1;
        var read = CdrRecording.Of(new StartEndFormat(), "a.csv", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("START,c1,10,442079460000\n", starts)) + "END,c1,71,\nSTART,c1,80,\n"));
        read.Records.ShouldHaveSingleItem().LineCount.ShouldBe(CdrJoiner.MaxLinesOfCall);
        read.Problems.ShouldHaveSingleItem().LineNumber.ShouldBe(CdrJoiner.MaxLinesOfCall + 1);
    }

    [Fact]
    public void A_completed_call_waits_no_longer()
    {
        var joiner = new CdrJoiner();
        joiner.Add("k"u8, "one"u8, 1);
        var parts = joiner.Add("k"u8, "two"u8, 2);
        parts.Count.ShouldBe(2);
        joiner.Complete(parts);
        joiner.WaitingLines.ShouldBe(0);
        joiner.Add("k"u8, "three"u8, 3).Count.ShouldBe(1);
    }

    [Fact]
    public void The_conformance_kit_has_nothing_to_say_about_a_format_that_joins()
    {
        var lines = Enumerable.Range(0, 30).SelectMany(n => (string[])[$"START,c{n},{n},+4420794600{n:00}", $"END,c{n},{n + 60},"]);
        var sample = new CdrSampleFile("sessions.csv", System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"));
        CdrConformance.Check(new StartEndFormat(), sample).ShouldBeEmpty();
    }

    private static CdrRecording Read(string text) => CdrRecording.Of(new StartEndFormat(), "sessions.csv", System.Text.Encoding.ASCII.GetBytes(text));
}
