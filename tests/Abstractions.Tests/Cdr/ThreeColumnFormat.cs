using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Abstractions.Values;

namespace Billing.Abstractions.Tests.Cdr;

/// <summary>The smallest format there can be: called number, start, seconds, and a text for the awkward cases.</summary>
sealed class ThreeColumnFormat(CdrDialect? dialect = null)
    : DelimitedCdrFormat(new CdrFormatInfo("three", "Three columns", "Test", CdrTimeBase.Utc), dialect ?? new CdrDialect { FieldNames = ["to", "start", "seconds"] })
{
    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy-MM-dd HH:mm:ss");

    public static string Line(int n, string text = "") =>
        FormattableString.Invariant($"+4420794600{n % 100:00},2026-06-15 10:{n / 60 % 60:00}:{n % 60:00},{n},{text}");

    public override int Recognise(in CdrSample sample) => Probe(sample).Score(70);

    public static CdrRecording Read(string text, CdrDialect? dialect = null) => Read(Encoding.UTF8.GetBytes(text), dialect);

    public static CdrRecording Read(byte[] bytes, CdrDialect? dialect = null, int bufferBytes = 0)
    {
        var format = new ThreeColumnFormat(dialect);
        if (bufferBytes > 0) format.BufferBytes = bufferBytes;
        return CdrRecording.Of(format, "test.csv", bytes);
    }

    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (line.Is(1, "TOTAL"u8))
        {
            if (line.WholeNumber(2, out var records)) line.File.Expect(new CdrTotals(Records: records));
            return CdrLineMeaning.Trailer;
        }
        if (line.Text(1).StartsWith("#"u8)) return CdrLineMeaning.Comment;
        if (!line.HasFields(4)
            || !line.Party(1, NumberRules.Uk, out call.To, required: true)
            || !line.DateTime(2, Written, out call.StartedAt)
            || !line.Seconds(3, out call.DurationSeconds))
            return line.Problem;
        call.Description = line.Text(4);
        return CdrLineMeaning.Record;
    }
}
