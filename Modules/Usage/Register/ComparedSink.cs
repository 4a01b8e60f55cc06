using Billing.Abstractions.Cdr;
using Billing.Tenancy.Data;
using Billing.Usage.Import;

namespace Billing.Usage.Register;

/// <summary>Takes the records of a reconciliation file on their way to being compared: read like any others, priced by nobody.</summary>
internal sealed class ComparedSink(CdrTimeBase timeBase, BulkWriter writer) : ICdrSink
{
    public const string Columns =
        "line, lines, compared_key, raw, started_at, is_time_doubtful, direction, kind, is_answered, seconds, quantity, caller, called, circuit, charge_code, description, cost, cost_currency, excluded_why";

    private const string Why = "Compared with the files that are billed; never billed itself";

    private readonly CdrTimeResolver times = CdrTimeResolver.For(timeBase);
    private readonly RecordKeys keys = new();

    /// <summary>Set when the file as a whole can't be read.</summary>
    public CdrFault? WholeFile { get; private set; }

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        var time = times.Resolve(record.StartedAt, record.EndedAt, record.DurationSeconds);
        writer.StartRow();
        writer.Long(record.LineNumber);
        writer.Int(Math.Max(1, record.LineCount));
        writer.Uuid(keys.KeyOf(record, time.Instant));
        writer.Text(ImportSink.TextOf(raw) ?? "");
        writer.Instant(time.Instant);
        writer.Bool(time.IsDoubtful);
        writer.Text(record.Direction == CallDirection.Out ? "out" : "in");
        writer.Text(record.Kind switch { CdrKind.Voice => "voice", CdrKind.Sms => "sms", _ => "data" });
        writer.Bool(record.IsAnswered);
        writer.Int(record.DurationSeconds);
        writer.Long(record.Quantity);
        writer.Text(ImportSink.TextOf(record.From));
        writer.Text(ImportSink.TextOf(record.To));
        writer.Text(ImportSink.TextOf(record.Identity));
        writer.Text(ImportSink.TextOf(record.ChargeCode));
        writer.Text(ImportSink.TextOf(record.Description));
        writer.Decimal(record.Cost);
        writer.Text(record.Currency.IsUnset ? null : record.Currency.Code);
        writer.Text(Why);
    }

    public void Problem(in CdrProblem problem)
    {
        if (problem.EndsReading) WholeFile = new CdrFault(problem.Code, problem.Message);
        writer.StartRow();
        writer.Long(problem.LineNumber);
        writer.Int(problem.LineCount);
        writer.Uuid(null);
        writer.Text(ImportSink.TextOf(problem.Raw) ?? "");
        writer.Instant(null);
        writer.Bool(false);
        for (var i = 0; i < 2; i++) writer.Text(null);
        writer.Bool(false);
        writer.Int(null);
        writer.Long(null);
        for (var i = 0; i < 5; i++) writer.Text(null);
        writer.Decimal(null);
        writer.Text(null);
        writer.Text($"Can't be compared: {problem.Message}");
    }

    public void Skip(long lineNumber, CdrStructure structure)
    {
    }

    /// <summary>What is wrong with a whole file.</summary>
    public sealed record CdrFault(string Code, string Message);
}
