using Billing.Abstractions.Cdr;

namespace Billing.Plugins.ThreeCx;

/// <summary>
/// The call line of a 3CX exchange with its usual 27 fields, from <c>Call n</c> to the missed queue calls. A call was answered when it has a time of answer; the
/// billed time is the talking time, not the field that calls itself duration and starts with the first ring on some releases.
/// </summary>
public sealed class ThreeCxFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("3cx-cdr", "3CX call detail records, 27 fields", "3CX", settings.TimeBase)
    {
        FileNames = ["cdr*.log", "3cx*.csv"],
        RecognisedBy = "27 fields, the first one Call and a number, then three times and a chain.",
    },
    new CdrDialect
    {
        Heading = CdrHeading.Never,
        FieldNames =
        [
            "historyid", "callid", "duration", "time-start", "time-answered", "time-end", "reason-terminated", "from-no", "to-no", "from-dn", "to-dn", "dial-no",
            "reason-changed", "final-number", "final-dn", "bill-code", "bill-rate", "bill-cost", "bill-name", "chain", "from-type", "to-type", "final-type",
            "from-dispname", "to-dispname", "final-dispname", "missed-queue-calls",
        ],
    })
{
    private const int History = 1, CallId = 2, Duration = 3, Start = 4, Answered = 5, End = 6, From = 8, To = 9, FromExtension = 10, ToExtension = 11, Cost = 18, FromType = 21, ToType = 22;

    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy/MM/dd HH:mm:ss");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(92);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(27)) return line.Problem;
        if (!line.Text(History).StartsWith("Call "u8)) return line.Fail(CdrProblemCode.UnknownValue, History, "the word Call and a number");
        if (!line.Required(CallId, out call.RecordId)
            || !line.DateTime(Start, Written, out call.StartedAt)
            || !line.DateTime(End, Written, out _)
            || !line.Money(Cost, out call.Cost))
            return line.Problem;

        call.IsAnswered = !line.IsBlank(Answered);
        if (call.IsAnswered && (!line.DateTime(Answered, Written, out _) || !line.Seconds(Duration, out call.DurationSeconds, CdrDurationUnit.Clock))) return line.Problem;
        // Transferred calls leave a line for each stretch, all with one id.
        call.IsRecordIdShared = true;
        if (!IsInside(line.Text(FromType)) && IsInside(line.Text(ToType))) call.Direction = CallDirection.In;
        call.From = CdrParty.Of(WithoutWord(line.Text(From)), settings.Numbers);
        call.To = CdrParty.Of(WithoutWord(line.Text(To)), settings.Numbers);
        call.Identity = line.Text(call.Direction == CallDirection.In ? ToExtension : FromExtension);
        return CdrLineMeaning.Record;
    }

    private static bool IsInside(ReadOnlySpan<byte> type) => type.SequenceEqual("Extension"u8) || type.SequenceEqual("Queue"u8) || type.SequenceEqual("RingGroup"u8);

    // Ext.10016 is the extension 10016.
    private static ReadOnlySpan<byte> WithoutWord(ReadOnlySpan<byte> party) => party.StartsWith("Ext."u8) ? party[4..] : party;
}
