using Billing.Abstractions.Cdr;

namespace Billing.Plugins.IsdnNl;

/// <summary>
/// Dutch ISDN wholesale, fixed width: a line HDR, lines CDR, and a line TRL with the number of calls and their time. Times and durations are in hundredths of a second, of
/// which a call's last begun second counts whole.
/// </summary>
public sealed class IsdnNlFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("isdn-nl-fixed", "Dutch ISDN wholesale, fixed width", "ISDN NL", settings.TimeBase)
    {
        FileNames = ["*.CDR"],
        RecognisedBy = "Lines of 223 characters that start with CDR, between HDR and TRL.",
    },
    CdrDialect.FixedWidth(
        new(1, 3, "record type"),
        new(4, 10, "sequence"),
        new(15, 28, "start"),
        new(31, 49, "caller"),
        new(53, 80, "called"),
        new(128, 135, "duration"),
        new(160, 199, "region"),
        new(142, 149, "calls in all"),
        new(150, 161, "duration in all")))
{
    private const int Type = 1, Start = 3, Caller = 4, Called = 5, Duration = 6, Region = 7, Calls = 8, TotalDuration = 9;

    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyyMMddHHmmss");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var probe = Probe(sample);
        return probe is { Records: 0, Problems: 0, Headings: 1 } ? 80 : probe.Score(95);
    }

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (line.Is(Type, "HDR"u8) && line.HasLength(150, 160)) return CdrLineMeaning.Heading;
        if (line.Is(Type, "TRL"u8) && line.HasLength(161, 190)) return Trailer(ref line);
        if (!line.Is(Type, "CDR"u8)) return line.Fail(CdrProblemCode.UnknownValue, Type, "a type of record (HDR, CDR, TRL)");
        if (!line.HasLength(200, 223) || !line.DateTime(Start, Written, out call.StartedAt)) return line.Problem;
        if (!TryReadHundredths(line.Text(Duration), out var hundredths)) return line.Fail(CdrProblemCode.BadDuration, Duration, "a duration in hours, minutes, seconds and hundredths");

        if (!line.Party(Called, settings.Numbers, out call.To, required: true)) return line.Problem;
        call.DurationSeconds = (int)((hundredths + 99) / 100);
        var sum = line.File.State as IsdnNlSum ?? new IsdnNlSum();
        line.File.State = sum;
        sum.Add(hundredths, call.DurationSeconds);
        line.Party(Caller, settings.Numbers, out call.From);
        call.Description = line.Text(Region);
        return CdrLineMeaning.Record;
    }

    private static CdrLineMeaning Trailer(ref CdrLine line)
    {
        if (!line.WholeNumber(Calls, out var calls)) return line.Problem;
        if (!TryReadHundredths(line.Text(TotalDuration), out var claimed)) return line.Fail(CdrProblemCode.BadDuration, TotalDuration, "a duration in hours, minutes, seconds and hundredths");
        var sum = line.File.State as IsdnNlSum ?? new IsdnNlSum();
        line.File.Expect(new CdrTotals(Records: calls, Seconds: sum.Hundredths == claimed ? sum.Seconds : (claimed + 99) / 100));
        return CdrLineMeaning.Trailer;
    }

    private static bool TryReadHundredths(ReadOnlySpan<byte> text, out long hundredths)
    {
        hundredths = 0;
        if (text.Length is not (8 or 12) || text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        long all = 0;
        foreach (var c in text) all = all * 10 + (c - '0');
        long hours = all / 1_000_000, minutes = all / 10_000 % 100, seconds = all / 100 % 100;
        hundredths = ((hours * 60 + minutes) * 60 + seconds) * 100 + all % 100;
        return minutes < 60 && seconds < 60;
    }
}
