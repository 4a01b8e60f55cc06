using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Tenancy.Data;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Import;

/// <summary>Takes records from a format, prices them, and hands them to the database.</summary>
internal sealed class ImportSink(CdrTimeBase timeBase, CallPricer pricer, BulkWriter writer, WaitingLines waiting, DayTally days) : ICdrSink
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly CdrTimeResolver times = CdrTimeResolver.For(timeBase);
    private readonly RecordKeys keys = new();

    /// <summary>Set when the file as a whole can't be read.</summary>
    public BillingError? WholeFile { get; private set; }

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        var lines = Math.Max(1, record.LineCount);
        if (!record.Earlier.IsEmpty) waiting.Join(record.Earlier, record.LineNumber);
        var time = times.Resolve(record.StartedAt, record.EndedAt, record.DurationSeconds);
        var facts = new CallFacts(
            time.Instant, record.Direction, TextOf(record.From), TextOf(record.To), TextOf(record.Identity),
            record.DurationSeconds, TextOf(record.ChargeCode), record.Cost, record.Currency) { Kind = record.Kind, Quantity = record.Quantity };
        Write(new CallRow
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
        });
    }

    public void Problem(in CdrProblem problem)
    {
        var error = new BillingError(problem.Code, problem.Field, problem.Message);
        if (problem.EndsReading) WholeFile = error;
        Write(new CallRow { Line = problem.LineNumber, Lines = problem.LineCount, Raw = TextOf(problem.Raw) ?? "", Error = error });
    }

    private void Write(CallRow row)
    {
        row.WriteTo(writer);
        days.Add(row);
    }

    public void Skip(long lineNumber, CdrStructure structure)
    {
    }

    internal static string? TextOf(in CdrParty party) => party.Number.IsUnset ? TextOf(party.Text) : party.Number.ToString();

    internal static string? TextOf(ReadOnlySpan<byte> bytes)
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
