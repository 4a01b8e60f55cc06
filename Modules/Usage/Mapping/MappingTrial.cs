using Billing.Abstractions.Cdr;
using Billing.Usage.Import;

namespace Billing.Usage.Mapping;

/// <summary>What a description makes of a sample: the sums, and the first calls and bad lines to look at. Nothing of it is stored.</summary>
public sealed class MappingTrial : ICdrSink
{
    /// <summary>So many calls and so many bad lines are kept.</summary>
    public const int Shown = 20;

    private readonly CdrTimeResolver times;
    private readonly List<TrialCall> calls = [];
    private readonly List<TrialProblem> problems = [];

    private MappingTrial(CdrTimeBase timeBase) => times = CdrTimeResolver.For(timeBase);

    /// <summary>The first calls.</summary>
    public IReadOnlyList<TrialCall> Calls => calls;

    /// <summary>The first lines that could not be read.</summary>
    public IReadOnlyList<TrialProblem> Problems => problems;

    /// <summary>Lines, records, seconds, errors of all of it.</summary>
    public CdrTally Sums { get; private set; } = null!;

    /// <summary>What the file's totals say against it; empty when they agree or there are none.</summary>
    public IReadOnlyList<string> Disagreements { get; private set; } = [];

    /// <summary>How sure the format is of the sample, of 100; from 50 on it is recognised by itself.</summary>
    public int Sureness { get; private set; }

    /// <summary>Tries a mapping on a sample.</summary>
    public static MappingTrial Of(CarrierMapping mapping, string name, ReadOnlyMemory<byte> content)
    {
        var format = new MappedCdrFormat(mapping);
        var trial = new MappingTrial(format.Info.TimeBase);
        trial.Sums = new CdrTally(trial);
        var file = new CdrFile(name);
        format.Read(new MemoryStream(content.ToArray(), writable: false), file, trial.Sums);
        trial.Disagreements = trial.Sums.HasEnded ? [] : [.. trial.Sums.Compare(file.Expected).Select(difference => difference.Message)];
        trial.Sureness = CdrFormatCatalog.SurenessOf(format, CdrFormatCatalog.SampleOf(name, content.Span));
        return trial;
    }

    /// <inheritdoc/>
    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        if (calls.Count >= Shown) return;
        var time = times.Resolve(record.StartedAt, record.EndedAt, record.DurationSeconds);
        calls.Add(new TrialCall(record.LineNumber, time.Instant, TextOf(record.From), TextOf(record.To), record.IsAnswered, record.DurationSeconds, record.Kind, record.Quantity,
            record.Cost, record.Currency.IsUnset ? "" : record.Currency.Code, CdrText.Decode(record.Identity), CdrText.Decode(record.ChargeCode)));
    }

    /// <inheritdoc/>
    public void Problem(in CdrProblem problem)
    {
        if (problems.Count < Shown) problems.Add(new TrialProblem(problem.LineNumber, problem.Code, problem.Message));
    }

    /// <inheritdoc/>
    public void Skip(long lineNumber, CdrStructure structure)
    {
    }

    private static string TextOf(in CdrParty party) => party.Number.IsUnset ? CdrText.Decode(party.Text) : party.Number.ToString();
}
