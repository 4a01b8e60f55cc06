using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Softswitch;

/// <summary>
/// A softswitch's log with 370 characters to the line. The number called stands in it twice: as it was routed, perhaps with a prefix, and as it was dialled; the latter
/// is billed. Calls of no length were never answered.
/// </summary>
public sealed class SoftswitchFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("softswitch-fixed", "Softswitch log, 370 characters", "Softswitch", settings.TimeBase)
    {
        FileNames = ["BL*.log"],
        RecognisedBy = "Lines of 370 characters with three times, two of them with dates, and two durations.",
    },
    CdrDialect.FixedWidth(
        new(1, 20, "record"),
        new(21, 28, "source"),
        new(38, 57, "routed number"),
        new(78, 85, "start time"),
        new(87, 96, "start date"),
        new(120, 127, "call duration"),
        new(131, 138, "free duration"),
        new(212, 232, "called number")))
{
    private const int Record = 1, Source = 2, Routed = 3, StartTime = 4, StartDate = 5, Duration = 6, FreeDuration = 7, Called = 8;

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(92);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasLength(300, 400)
            || !line.Required(Record, out call.RecordId)
            || !line.Required(Source, out call.Identity)
            || !line.DateTime(StartDate, StartTime, CdrDateOrder.DayFirst, out call.StartedAt)
            || !line.Seconds(Duration, out call.DurationSeconds, CdrDurationUnit.Clock)
            || !line.Seconds(FreeDuration, out _, CdrDurationUnit.Clock))
            return line.Problem;

        call.IsAnswered = call.DurationSeconds > 0;
        // The switch counts its records from the beginning again, some day.
        call.IsRecordIdShared = true;
        line.Party(Source, settings.Numbers, out call.From);
        return line.Party(line.IsBlank(Called) ? Routed : Called, settings.Numbers, out call.To, required: true) ? CdrLineMeaning.Record : line.Problem;
    }
}
