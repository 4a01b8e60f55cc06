using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Import;

/// <summary>Counts what goes by on its way to another sink, and compares it with what the file says about itself.</summary>
/// <param name="next">Where everything goes on to.</param>
public sealed class CdrTally(ICdrSink next) : ICdrSink
{
    private decimal cost;
    private long problems;

    /// <summary>Lines of the file: those of records, those of problems, and those without a record.</summary>
    public long Lines => RecordLines + Errors + Skipped;

    /// <summary>Good records.</summary>
    public long Records { get; private set; }

    /// <summary>Lines that the good records cover; more than <see cref="Records"/> where calls are joined or a quoted field holds a line end.</summary>
    public long RecordLines { get; private set; }

    /// <summary>Good records that were answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Sum of the answered durations.</summary>
    public long Seconds { get; private set; }

    /// <summary>Lines that should be records and are not.</summary>
    public long Errors { get; private set; }

    /// <summary>Headings, trailers, blank lines and comments.</summary>
    public long Skipped { get; private set; }

    /// <summary>True when the file turned out not to be readable from some point on.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        Records++;
        RecordLines += Math.Max(1, record.LineCount);
        if (record.IsAnswered) Answered++;
        Seconds += record.DurationSeconds;
        cost += record.Cost ?? 0;
        next.Record(in record, raw);
    }

    /// <inheritdoc/>
    public void Problem(in CdrProblem problem)
    {
        problems++;
        Errors += Math.Max(1, problem.LineCount);
        HasEnded |= problem.EndsReading;
        next.Problem(in problem);
    }

    /// <inheritdoc/>
    public void Skip(long lineNumber, CdrStructure structure)
    {
        Skipped++;
        next.Skip(lineNumber, structure);
    }

    /// <summary>
    /// Compares with control totals from the file's name, header or trailer; one <see cref="CdrProblemCode.TotalsDisagree"/> for each difference. Bad
    /// records count as records here, for the carrier counted them too; their seconds and cost can't.
    /// </summary>
    public IReadOnlyList<Failure> Compare(IEnumerable<CdrTotals> claimed)
    {
        var found = new List<Failure>();
        foreach (var totals in claimed)
        {
            if (totals.Records is { } records && records != Records + problems) found.Add(Differs("records", records, Records + problems));
            if (totals.Seconds is { } seconds && seconds != Seconds) found.Add(Differs("seconds", seconds, Seconds));
            if (totals.Cost is { } sum && sum != cost) found.Add(Differs("cost", sum, cost));
        }
        return found;
    }

    private static Failure Differs(string what, decimal claimed, decimal counted) => new(CdrProblemCode.TotalsDisagree, string.Create(
        CultureInfo.InvariantCulture, $"The file claims {claimed} {what}, and there are {counted}. Part of it may be missing: ask the carrier, or accept it with a reason."));
}
