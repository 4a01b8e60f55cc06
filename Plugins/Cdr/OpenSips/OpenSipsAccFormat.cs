using System.Globalization;
using Billing.Abstractions.Cdr;

namespace Billing.Plugins.OpenSips;

/// <summary>
/// OpenSIPS and Kamailio accounting in flat files: one line a SIP message. An INVITE that was answered and the BYE with the same Call-ID are a call, in whichever
/// order and file they come; an INVITE with another answer than 200 is an attempt, and whole by itself.
/// </summary>
public sealed class OpenSipsAccFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("opensips-acc", "OpenSIPS / Kamailio accounting", "OpenSIPS", CdrTimeBase.Utc)
    {
        FileNames = ["acc_*.log"],
        RecognisedBy = "12 fields between bars, the first one INVITE or BYE, the fifth a SIP status, the seventh seconds since 1970.",
    },
    new CdrDialect('|')
    {
        Quote = '\0',
        Heading = CdrHeading.Never,
        FieldNames = ["method", "from-tag", "to-tag", "Call-ID", "status", "reason", "time", "request type", "account", "destination", "extra", "dialog"],
    })
{
    private const int Method = 1, CallId = 4, Status = 5, Time = 7, Account = 9, Destination = 10;

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        // Probing would find no call in a file of nothing but BYEs: the line itself is unmistakable.
        var first = sample.FirstLine;
        if (!first.StartsWith("INVITE|"u8) && !first.StartsWith("BYE|"u8)) return Probe(sample).Score(90);
        return first.Count((byte)'|') == 11 ? 95 : 0;
    }

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(12)
            || !line.Required(CallId, out var callId)
            || !line.UnixTime(Time, out var time)
            || !line.WholeNumber(Status, out var status))
            return line.Problem;

        if (line.Is(Method, "ACK"u8) || line.Is(Method, "CANCEL"u8)) return CdrLineMeaning.Comment;
        var isInvite = line.Is(Method, "INVITE"u8);
        if (!isInvite && !line.Is(Method, "BYE"u8)) return line.Fail(CdrProblemCode.UnknownValue, Method, "a method of a call (INVITE, BYE, CANCEL, ACK)");
        call.RecordId = callId;
        if (isInvite && status is < 200 or >= 300)
        {
            call.IsAnswered = false;
            call.StartedAt = time;
            // One call that is tried at several places leaves a line for each of them.
            call.IsRecordIdShared = true;
            return Parties(ref line, ref call);
        }

        var parts = line.Join(CallId);
        var invite = -1;
        var end = default(CdrTime);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (!part.UnixTime(Time, out var at)) continue;
            if (part.Is(Method, "BYE"u8)) end = at;
            // An INVITE within the call, as for holding it, is no second call: the first one counts.
            else if (invite < 0 || at.Clock < call.StartedAt.Clock) (invite, call.StartedAt) = (i, at);
        }
        if (invite < 0 || end.IsUnset) return CdrLineMeaning.Held;
        var seconds = (end.Clock - call.StartedAt.Clock).TotalSeconds;
        if (seconds is < 0 or > 17_280_000)
            return line.Fail(CdrProblemCode.BadDuration, Time, string.Create(CultureInfo.InvariantCulture, $"a time after the call's other end (it would last {seconds} seconds)"));
        call.DurationSeconds = (int)seconds;
        var begin = parts[invite];
        return Parties(ref begin, ref call);
    }

    private CdrLineMeaning Parties(scoped ref CdrLine invite, ref CallDetailRecord call)
    {
        call.From = CdrParty.Of(invite.Text(Account), settings.Numbers);
        call.To = CdrParty.Of(UserOf(invite.Text(Destination)), settings.Numbers);
        call.Identity = invite.Text(Account);
        return CdrLineMeaning.Record;
    }

    // sip:+442079460000@host;user=phone is a number with an address round it.
    private static ReadOnlySpan<byte> UserOf(ReadOnlySpan<byte> destination)
    {
        if (destination.StartsWith("sip:"u8)) destination = destination[4..];
        var at = destination.IndexOf((byte)'@');
        return at < 0 ? destination : destination[..at];
    }
}
