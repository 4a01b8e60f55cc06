using Billing.Abstractions.Cdr;

namespace Billing.Plugins.BroadWorks;

/// <summary>
/// BroadWorks accounting in XML: one <c>cdrData</c> an event, of which those of type Normal are calls. Times are UTC to the millisecond; the billed time runs from
/// answer to release, a fraction of a second counting as a whole one.
/// </summary>
public sealed class BroadWorksXmlFormat(CdrSettings settings) : ElementCdrFormat(
    new CdrFormatInfo("broadworks-xml", "BroadWorks accounting, XML", "BroadWorks", CdrTimeBase.Utc)
    {
        FileNames = ["BW-CDR-*.xml"],
        RecognisedBy = "cdrData elements with a headerModule.",
    },
    CdrElements.Xml("cdrData"))
{
    private const string Type = "headerModule.type", Start = "basicModule.startTime", Answer = "basicModule.answerTime", Release = "basicModule.releaseTime";

    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyyMMddHHmmssf");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var probe = Probe(sample);
        // The file of an hour without calls has a start and an end.
        return probe is { Records: 0, Problems: 0, Headings: > 1 } ? 80 : probe.Score(95);
    }

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrElement element, ref CallDetailRecord call)
    {
        if (!element.Required(Type, out _)) return element.Problem;
        if (element.Is(Type, "Start"u8)) return CdrLineMeaning.Heading;
        if (element.Is(Type, "End"u8)) return CdrLineMeaning.Trailer;
        // What an exchange remembers after it fell over is a call as well; what it reports while a call goes on is not.
        if (element.Is(Type, "Duration"u8) || element.Is(Type, "Interim"u8)) return CdrLineMeaning.Comment;
        if (!element.Is(Type, "Normal"u8) && !element.Is(Type, "Failover"u8))
            return element.Fail(CdrProblemCode.UnknownValue, Type, "a type of event (Start, Normal, Failover, Duration, End)");

        if (!element.Required("headerModule.recordId.eventCounter", out call.RecordId)
            || !element.DateTime(Start, Written, out call.StartedAt)
            || !element.Required("basicModule.answerIndicator", out var answered))
            return element.Problem;

        call.StartedAt = call.StartedAt with { Offset = TimeSpan.Zero };
        // Several exchanges count their events each for itself.
        call.IsRecordIdShared = true;
        call.IsAnswered = answered.StartsWith("Yes"u8);
        if (!call.IsAnswered && !answered.StartsWith("No"u8)) return element.Fail(CdrProblemCode.UnknownValue, "basicModule.answerIndicator", "Yes or No");
        if (call.IsAnswered)
        {
            if (!element.DateTime(Answer, Written, out var from) || !element.DateTime(Release, Written, out var to)) return element.Problem;
            var duration = to.Clock - from.Clock + Milliseconds(element.Text(Release)) - Milliseconds(element.Text(Answer));
            if (duration < TimeSpan.Zero || duration > TimeSpan.FromDays(200)) return element.Fail(CdrProblemCode.BadDuration, Release, "a time after the answer");
            call.DurationSeconds = (int)Math.Ceiling(duration.TotalSeconds);
        }
        if (element.Is("basicModule.direction", "Terminating"u8)) call.Direction = CallDirection.In;
        element.Party("basicModule.callingNumber", settings.Numbers, out call.From);
        element.Party(element.IsBlank("basicModule.calledNumber") ? "basicModule.dialedDigits" : "basicModule.calledNumber", settings.Numbers, out call.To);
        call.Identity = element.Text("basicModule.userNumber");
        return CdrLineMeaning.Record;
    }

    private static TimeSpan Milliseconds(ReadOnlySpan<byte> time)
    {
        var value = 0;
        var dot = time.IndexOf((byte)'.');
        for (var i = 1; i <= 3; i++) value = value * 10 + (dot >= 0 && dot + i < time.Length ? time[dot + i] - '0' : 0);
        return TimeSpan.FromMilliseconds(value);
    }
}
