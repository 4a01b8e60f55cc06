using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Abstractions.Values;

namespace Billing.Abstractions.Tests.Cdr;

/// <summary>Lines whose fields have fixed places.</summary>
public sealed class FixedWidthTests
{
    [Fact]
    public void A_field_is_its_column_whatever_stands_in_it()
    {
        var read = Read("20260615090002  00061+442079460000\r\n20260615090003  00005  \"02,079\u001f46\"\n\n20260615 oops     00005+442079460000\n2026061509000\n");
        read.Records.Select(r => r.LineNumber).ShouldBe([1, 2]);
        read.Records.First().Text.ShouldContain("\"startedAt\":\"2026-06-15T09:00:02\"");
        read.Records.First().Text.ShouldContain("\"durationSeconds\":61,");
        // Quotes, commas and even the unit separator are text here.
        read.Records.Last().Text.ShouldContain("\"to\":\"\\\"02,079");
        read.Problems.Select(p => p.LineNumber).ShouldBe([4, 5]);
        read.Problems.First().Text.ShouldContain("Field 1 (start): '20260615 oops' is not a time");
        read.Problems.Last().Text.ShouldContain("The line is 13 characters long instead of 22 to 36.");
        read.Lines.ShouldBe(5);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 4)]
    public void A_column_that_no_line_has_is_refused(int from, int to) => Should.Throw<ArgumentException>(() => CdrDialect.FixedWidth(new CdrColumn(from, to)));

    private static CdrRecording Read(string text) => CdrRecording.Of(new Fixed(), "a.txt", Encoding.UTF8.GetBytes(text));

    private sealed class Fixed() : DelimitedCdrFormat(new CdrFormatInfo("fixed", "Fixed", "Test", CdrTimeBase.Utc),
        CdrDialect.FixedWidth(new(1, 14, "start"), new(17, 21, "seconds"), new(22, 36, "called"), new(50, 60, "beyond")))
    {
        private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyyMMddHHmmss");

        public override int Recognise(in CdrSample sample) => Probe(sample).Score(90);

        protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
        {
            if (!line.HasLength(22, 36) || !line.DateTime(1, Written, out call.StartedAt) || !line.Seconds(2, out call.DurationSeconds) || !line.Party(3, NumberRules.Uk, out call.To, required: true))
                return line.Problem;
            line.IsBlank(4).ShouldBeTrue();
            return CdrLineMeaning.Record;
        }
    }
}
