using Billing.Abstractions.Cdr;

namespace Billing.Plugins.FreeSwitch;

/// <summary>
/// FreeSWITCH <c>mod_cdr_csv</c> with its example template: 15 columns from caller id name to write codec. A call was answered when its answer time is there.
/// Files that went through a spreadsheet, and lost their quotes and seconds on the way, are read too.
/// </summary>
public sealed class FreeSwitchCsvFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("freeswitch-csv", "FreeSWITCH cdr_csv, 15 columns", "FreeSWITCH", settings.TimeBase)
    {
        FileNames = ["Master.csv"],
        RecognisedBy = "15 columns with start, answer and end, two durations, a hang-up cause in capitals and a UUID.",
    },
    new CdrDialect
    {
        FieldNames =
        [
            "caller_id_name", "caller_id_number", "destination_number", "context", "start_stamp", "answer_stamp", "end_stamp", "duration", "billsec", "hangup_cause",
            "uuid", "bleg_uuid", "accountcode", "read_codec", "write_codec",
        ],
    })
{
    private const int Caller = 2, Destination = 3, Start = 5, Answer = 6, BillableSeconds = 9, HangupCause = 10, Uuid = 11, Account = 13;

    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy-MM-dd HH:mm:ss");
    private static readonly CdrTimePattern SavedBySpreadsheet = CdrTimePattern.Of("yyyy/M/d H:mm");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(92);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(15)) return line.Problem;
        if (!IsUuid(line.Text(Uuid))) return line.Fail(CdrProblemCode.MissingValue, Uuid, "the call's UUID");
        if (!IsCause(line.Text(HangupCause))) return line.Fail(CdrProblemCode.UnknownValue, HangupCause, "a hang-up cause such as NORMAL_CLEARING");
        var written = line.Text(Start).Contains((byte)'/') ? SavedBySpreadsheet : Written;
        if (!line.DateTime(Start, written, out call.StartedAt)) return line.Problem;

        call.IsAnswered = !line.IsBlank(Answer);
        if (call.IsAnswered && (!line.DateTime(Answer, written, out _) || !line.Seconds(BillableSeconds, out call.DurationSeconds))) return line.Problem;
        line.Party(Caller, settings.Numbers, out call.From);
        line.Party(Destination, settings.Numbers, out call.To);
        call.RecordId = line.Text(Uuid);
        call.Identity = line.Text(Account);
        return CdrLineMeaning.Record;
    }

    private static bool IsUuid(ReadOnlySpan<byte> text) => text.Length == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';

    private static bool IsCause(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
            if (c is not ((>= (byte)'A' and <= (byte)'Z') or (byte)'_' or (>= (byte)'0' and <= (byte)'9'))) return false;
        return !text.IsEmpty;
    }
}
