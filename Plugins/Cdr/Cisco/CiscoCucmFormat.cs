using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Cisco;

/// <summary>
/// Cisco Unified CM call files: a heading of some hundred and twenty names, often a second line of SQL types, and one line a call. Columns are found by
/// name, for every release adds some. A call was connected when it has a time of connection; the billed party is the number called in the end, for that is what
/// the line was busy with.
/// </summary>
public sealed class CiscoCucmFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("cisco-cucm", "Cisco Unified CM call detail records", "Cisco CUCM", CdrTimeBase.Utc)
    {
        FileNames = ["cdr_*"],
        RecognisedBy = "A heading that starts with cdrRecordType and names globalCallID_callId.",
    },
    new CdrDialect { Heading = CdrHeading.Never })
{
    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var first = sample.FirstLine.TrimStart((byte)'"');
        return first.StartsWith("cdrRecordType"u8) && first.IndexOf("globalCallID_callId"u8) > 0 ? 95 : 0;
    }

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (line.Is(1, "cdrRecordType"u8))
        {
            var columns = CiscoColumns.Of(ref line);
            if (columns.Missing is { } missing) return line.Fail(CdrProblemCode.MissingValue, 0, $"The heading names no column {missing}.");
            line.File.State = columns;
            return CdrLineMeaning.Heading;
        }
        if (line.Is(1, "INTEGER"u8)) return CdrLineMeaning.Heading;
        if (line.File.State is not CiscoColumns at) return line.Fail(CdrProblemCode.MissingValue, 0, "The heading is missing, so it can't be told which column is what.");
        if (!line.HasFields(at.Count)) return line.Problem;
        // 2 is a record about the quality of a call that has a record of its own.
        if (line.Is(1, "2"u8)) return CdrLineMeaning.Comment;
        if (!line.Is(1, "1"u8)) return line.Fail(CdrProblemCode.UnknownValue, 1, "a type of record (1 is a call)");

        if (!line.UnixTime(at.Origination, out call.StartedAt) || !line.Required(at.Id, out call.RecordId)) return line.Problem;
        call.IsAnswered = !line.Is(at.Connect, "0"u8) && !line.IsBlank(at.Connect);
        if (call.IsAnswered && !line.Seconds(at.Duration, out call.DurationSeconds)) return line.Problem;
        line.Party(at.Calling, settings.Numbers, out call.From);
        line.Party(line.IsBlank(at.FinalCalled) ? at.OriginalCalled : at.FinalCalled, settings.Numbers, out call.To);
        call.Identity = line.Text(at.OriginDevice);
        return CdrLineMeaning.Record;
    }
}
