using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Import;

/// <summary>Takes records from a format, prices them, and hands them to the database; counts every line on the way.</summary>
internal sealed class ImportSink(CdrTimeBase timeBase, CallPricer pricer, BulkWriter writer) : ICdrSink
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly CdrTimeResolver times = CdrTimeResolver.For(timeBase);
    private readonly RecordKeys keys = new();

    public long Lines => RecordLines + ProblemLines + Skipped;
    public long RecordLines { get; private set; }
    public long ProblemLines { get; private set; }
    public long Skipped { get; private set; }
    public long Records { get; private set; }
    public long Seconds { get; private set; }
    public decimal Cost { get; private set; }

    /// <summary>Set when the file as a whole can't be read.</summary>
    public BillingError? WholeFile { get; private set; }

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        var lines = Math.Max(1, record.LineCount);
        RecordLines += lines;
        Records++;
        Seconds += record.DurationSeconds;
        Cost += record.Cost ?? 0;

        var time = times.Resolve(record.StartedAt, record.EndedAt, record.DurationSeconds);
        var facts = new CallFacts(
            time.Instant, record.Direction, TextOf(record.From), TextOf(record.To), TextOf(record.Identity),
            record.DurationSeconds, TextOf(record.ChargeCode), record.Cost, record.Currency);
        new CallRow
        {
            Line = record.LineNumber,
            Lines = lines,
            RecordKey = keys.KeyOf(record, time.Instant),
            Raw = TextOf(raw) ?? "",
            IsTimeDoubtful = time.IsDoubtful,
            Kind = record.Kind,
            IsAnswered = record.IsAnswered,
            Quantity = record.Quantity,
            Description = TextOf(record.Description),
            Facts = facts,
            Price = record.IsAnswered ? pricer.Price(facts) : null,
        }.WriteTo(writer);
    }

    public void Problem(in CdrProblem problem)
    {
        ProblemLines += problem.LineCount;
        var error = new BillingError(problem.Code, problem.Field, problem.Message);
        if (problem.EndsReading) WholeFile = error;
        new CallRow { Line = problem.LineNumber, Lines = problem.LineCount, Raw = TextOf(problem.Raw) ?? "", Error = error }.WriteTo(writer);
    }

    public void Skip(long lineNumber, CdrStructure structure) => Skipped++;

    /// <summary>Compares what was read with what the file claims to hold.</summary>
    /// <returns>The first disagreement, or null.</returns>
    public BillingError? Check(CdrFile file)
    {
        foreach (var claim in file.Expected)
        {
            if (claim.Records is { } records && records != RecordsWithProblems) return Disagree("records", records, RecordsWithProblems);
            // A bad line has no seconds or cost that could be added up: its file is judged by its count alone.
            if (ProblemLines > 0) continue;
            if (claim.Seconds is { } seconds && seconds != Seconds) return Disagree("seconds", seconds, Seconds);
            if (claim.Cost is { } cost && cost != Cost) return Disagree("cost", cost, Cost);
        }
        return null;
    }

    private long RecordsWithProblems => Records + ProblemLines;

    private static BillingError Disagree<T>(string what, T claimed, T found) => new(CdrProblemCode.TotalsDisagree, what,
        string.Create(CultureInfo.InvariantCulture, $"the file's own control total says {claimed} {what}, but {found} were read. It was cut off or changed on the way: ask for it again."));

    private static string? TextOf(in CdrParty party) => party.Number.IsUnset ? TextOf(party.Text) : party.Number.ToString();

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Older switches write Latin-1; nothing is lost by reading it so, as every byte is a character there.
            text = Encoding.Latin1.GetString(bytes);
        }
        // PostgreSQL's text can't hold it, and a line with one is a bad line anyway.
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
    }
}
