using Billing.Abstractions.Cdr;

namespace Billing.Plugins.PartialCsv;

/// <summary>
/// Call lines of which the last field says <c>complete</c> or <c>partial</c>. The parts of a long call have its parties and its start in common, and may lie in several files.
/// A call is whole when its parts follow each other from its start without a gap and the last one announces no other; a single part never is.
/// </summary>
public sealed class PartialCsvFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("partial-csv", "Calls in parts, 11 columns", "Partial records", settings.TimeBase)
    {
        FileNames = ["partial*.csv"],
        RecognisedBy = "11 columns, the last one partial or complete, with the part's time and the call's.",
    },
    new CdrDialect
    {
        Heading = CdrHeading.Never,
        FieldNames = ["caller", "called", "destination", "part start", "call start", "more to come", "seconds", "band", "cost", "prefix", "part"],
    })
{
    private const int Caller = 1, Called = 2, Destination = 3, PartStart = 4, CallStart = 5, MoreToCome = 6, Seconds = 7, Cost = 9, Part = 11;

    private static readonly CdrTimePattern Written = CdrTimePattern.Of("dd.MM.yyyy HH:mm:ss");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var score = Probe(sample).Score(92);
        if (score > 0) return score;
        // A file of nothing but parts has no whole call in it.
        var first = sample.FirstLine;
        return first.EndsWith(",partial"u8) && first.Count((byte)',') == 10 ? 90 : 0;
    }

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(11)
            || !line.Party(Caller, settings.Numbers, out call.From)
            || !line.Party(Called, settings.Numbers, out call.To, required: true)
            || !line.DateTime(PartStart, Written, out _)
            || !line.DateTime(CallStart, Written, out call.StartedAt)
            || !line.Seconds(Seconds, out call.DurationSeconds)
            || !line.Money(Cost, out decimal cost))
            return line.Problem;

        call.Cost = cost;
        call.Description = line.Text(Destination);
        if (line.Is(Part, "complete"u8)) return CdrLineMeaning.Record;
        if (!line.Is(Part, "partial"u8)) return line.Fail(CdrProblemCode.UnknownValue, Part, "partial or complete");

        var parts = line.Join(Caller, Called, CallStart);
        return TryAdd(parts, call.StartedAt, out call.DurationSeconds, out call.Cost) ? CdrLineMeaning.Record : CdrLineMeaning.Held;
    }

    /// <summary>Walks from the call's start from part to part; false while the chain is not whole.</summary>
    private static bool TryAdd(CdrParts parts, CdrTime start, out int seconds, out decimal? cost)
    {
        long total = 0;
        var sum = 0m;
        (seconds, cost) = (0, null);
        if (parts.Count < 2) return false;
        var taken = 0;
        var isLast = false;
        for (var found = true; found && taken < parts.Count;)
        {
            found = false;
            for (var i = 0; i < parts.Count && !found; i++)
            {
                var part = parts[i];
                if (!part.DateTime(PartStart, Written, out var at) || !part.Seconds(Seconds, out var length) || !part.Money(Cost, out decimal amount)) continue;
                if (length == 0 || at.Clock != start.Clock.AddSeconds(total)) continue;
                total += length;
                sum += amount;
                isLast = part.Is(MoreToCome, "0"u8);
                taken++;
                found = true;
            }
        }
        if (taken < parts.Count || !isLast || total > 17_280_000) return false;
        (seconds, cost) = ((int)total, sum);
        return true;
    }
}
