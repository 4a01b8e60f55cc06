using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Abstractions.Tests.Cdr;

/// <summary>A made-up format with one line for the start of a call and one for its end: kind, call, second of the day, called number.</summary>
sealed class StartEndFormat() : DelimitedCdrFormat(
    new CdrFormatInfo("start-end", "Start and end", "Test", CdrTimeBase.Utc), new CdrDialect { Heading = CdrHeading.Never })
{
    private static readonly DateTime Day = new(2026, 6, 15);

    public override int Recognise(in CdrSample sample) => sample.FirstLine.StartsWith("START,"u8) || sample.FirstLine.StartsWith("END,"u8) ? 80 : 0;

    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(4) || !line.Seconds(3, out _)) return line.Problem;
        if (!line.Is(1, "START"u8) && !line.Is(1, "END"u8)) return line.Fail(CdrProblemCode.UnknownValue, 1, "START or END");

        var parts = line.Join(2);
        int start = -1, end = -1;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (!part.Seconds(3, out var second)) return part.Problem;
            if (part.Is(1, "END"u8)) end = second;
            else
            {
                start = second;
                part.Party(4, NumberRules.Uk, out call.To);
            }
        }
        if (start < 0 || end < 0) return CdrLineMeaning.Held;
        call.StartedAt = new CdrTime(Day.AddSeconds(start));
        call.DurationSeconds = end - start;
        call.RecordId = parts[0].Text(2);
        return CdrLineMeaning.Record;
    }
}
