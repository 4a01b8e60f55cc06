using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Avaya;

/// <summary>
/// Avaya IP Office SMDR: 30 fields, 31 on some releases. A call that is transferred, or goes to voicemail, leaves several lines with one call id, all but the last of them
/// marked as continued; together they are one call, and its time is theirs added up.
/// </summary>
public sealed class AvayaSmdrFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("avaya-smdr", "Avaya IP Office SMDR", "Avaya", settings.TimeBase)
    {
        FileNames = ["smdr*.csv"],
        RecognisedBy = "30 or 31 fields: start, connected time, ring seconds, caller, I or O, called number, a call id and a mark of continuation.",
    },
    new CdrDialect
    {
        Heading = CdrHeading.Never,
        FieldNames =
        [
            "call start", "connected time", "ring time", "caller", "direction", "called number", "dialled number", "account", "is internal", "call id", "continuation",
            "party 1 device", "party 1 name", "party 2 device", "party 2 name", "hold time", "park time", "authorisation valid", "authorisation code", "user charged",
            "call charge", "currency", "amount at last user change", "call units", "units at last user change", "cost per unit", "mark up",
            "external targeting cause", "external targeter id", "external targeted number", "",
        ],
    })
{
    private const int Start = 1, Connected = 2, RingSeconds = 3, Caller = 4, Direction = 5, Called = 6, Dialled = 7, Account = 8, CallId = 10, Continuation = 11,
        Device = 12, OtherDevice = 14;

    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy/MM/dd HH:mm:ss");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(92);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(30, 31) || !line.DateTime(Start, Written, out _) || !line.Seconds(Connected, out var seconds, CdrDurationUnit.Clock)
            || !line.Seconds(RingSeconds, out _) || !line.Required(CallId, out _))
            return line.Problem;
        if (!line.Is(Direction, "I"u8) && !line.Is(Direction, "O"u8)) return line.Fail(CdrProblemCode.UnknownValue, Direction, "I or O");
        var isContinued = line.Is(Continuation, "1"u8);
        if (!isContinued && !line.Is(Continuation, "0"u8)) return line.Fail(CdrProblemCode.UnknownValue, Continuation, "0 or 1");

        var parts = line.Join(CallId);
        if (isContinued) return CdrLineMeaning.Held;
        // The last line first, as it is at hand; then those before it.
        var first = parts[0];
        if (!first.DateTime(Start, Written, out call.StartedAt)) return first.Problem;
        long total = seconds;
        for (var i = 0; i < parts.Count - 1; i++)
        {
            var part = parts[i];
            if (part.Seconds(Connected, out var more, CdrDurationUnit.Clock)) total += more;
        }
        if (total > 17_280_000) return line.Fail(CdrProblemCode.BadDuration, Connected, "a duration of at most 200 days, together with the lines before");
        call.DurationSeconds = (int)total;
        call.IsAnswered = total > 0;
        call.RecordId = line.Text(CallId);
        // The exchange counts from the beginning when it is started again.
        call.IsRecordIdShared = true;
        Parties(ref first, ref call);
        return CdrLineMeaning.Record;
    }

    private void Parties(scoped ref CdrLine first, ref CallDetailRecord call)
    {
        if (first.Is(Direction, "I"u8)) call.Direction = CallDirection.In;
        call.From = CdrParty.Of(first.Text(Caller), settings.Numbers);
        call.To = CdrParty.Of(first.IsBlank(Called) ? first.Text(Dialled) : first.Text(Called), settings.Numbers);
        // An account code that somebody dialled says who pays; otherwise the extension, E4688, or the line, T9001.
        call.Identity = !first.IsBlank(Account) ? first.Text(Account) : first.Text(call.Direction == CallDirection.Out ? Device : OtherDevice);
    }
}
