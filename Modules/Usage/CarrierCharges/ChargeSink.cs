using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Usage.Import;
using Billing.Usage.Register;

namespace Billing.Usage.CarrierCharges;

/// <summary>Takes recurring charges from a format, finds out whose they are, and hands them to the database.</summary>
internal sealed class ChargeSink(string carrier, Currency usual, ChargeMatcher matcher, BulkWriter writer) : ICdrSink
{
    public const string Columns =
        "line, lines, state, record_key, raw, first_at, end_at, identity, number, subject, code, description, quantity, amount, currency, account_id, service_id, ruling_id, error_code, error_subject, error_message";

    // The database keeps six places and twelve digits before them.
    private const decimal Most = 999_999_999_999m;

    private readonly ChargeKeys keys = new();

    /// <summary>Set when the file as a whole can't be read.</summary>
    public ComparedSink.CdrFault? WholeFile { get; private set; }

    /// <summary>The days of all charges; null while there is none.</summary>
    public DateInterval? Period { get; private set; }

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        var text = ImportSink.TextOf(raw) ?? "";
        var (line, lines) = (record.LineNumber, Math.Max(1, record.LineCount));
        var first = DateOnly.FromDateTime(record.StartedAt.Clock);
        var last = record.EndedAt.IsUnset ? first : DateOnly.FromDateTime(record.EndedAt.Clock);
        if (record.StartedAt.IsUnset || last < first || last == DateOnly.MaxValue)
        {
            Bad(line, lines, text, ChargeError.BadPeriod, "", "The line does not say for which days the charge is, or its last day is before its first.");
            return;
        }
        if (record.Cost is not { } amount || Math.Abs(amount) > Most)
        {
            Bad(line, lines, text, ChargeError.NoAmount, "", "The line has no amount, or one that can't be.");
            return;
        }
        var period = new DateInterval(first, last.AddDays(1));
        var currency = (record.Currency.IsUnset ? usual : record.Currency).Code;
        var service = CarrierService.Of(carrier, ImportSink.TextOf(record.Identity), ImportSink.TextOf(record.From.Text), record.From.Number.IsUnset ? null : record.From.Number.ToString(), ImportSink.TextOf(record.ChargeCode));
        var match = matcher.Match(service, period, amount);
        Period = Period is { } all ? new DateInterval(all.From < period.From ? all.From : period.From, all.To > period.To ? all.To : period.To) : period;

        Start(line, lines, match.State, keys.KeyOf(ImportSink.TextOf(record.RecordId), service, period, record.Quantity, amount, currency), text);
        writer.Instant(At(period.From));
        writer.Instant(At(period.To!.Value));
        writer.Text(service.Identity);
        writer.Text(service.Number);
        writer.Text(service.Subject);
        writer.Text(service.Code);
        writer.Text(ImportSink.TextOf(record.Description));
        writer.Long(record.Quantity);
        writer.Decimal(amount);
        writer.Text(currency);
        writer.Long(match.AccountId);
        writer.Long(match.ServiceId);
        writer.Long(match.RulingId);
        writer.Text(match.ErrorCode);
        writer.Text(match.ErrorSubject);
        writer.Text(match.ErrorMessage);
    }

    public void Problem(in CdrProblem problem)
    {
        if (problem.EndsReading) WholeFile = new ComparedSink.CdrFault(problem.Code, problem.Message);
        Bad(problem.LineNumber, problem.LineCount, ImportSink.TextOf(problem.Raw) ?? "", problem.Code, problem.Field, problem.Message);
    }

    public void Skip(long lineNumber, CdrStructure structure)
    {
    }

    private void Start(long line, int lines, string state, Guid? key, string raw)
    {
        writer.StartRow();
        writer.Long(line);
        writer.Int(lines);
        writer.Text(state);
        writer.Uuid(key);
        writer.Text(raw);
    }

    private void Bad(long line, int lines, string raw, string code, string field, string message)
    {
        Start(line, lines, ChargeState.Bad, null, raw);
        for (var i = 0; i < 2; i++) writer.Instant(null);
        for (var i = 0; i < 5; i++) writer.Text(null);
        writer.Long(null);
        writer.Decimal(null);
        writer.Text(null);
        for (var i = 0; i < 3; i++) writer.Long(null);
        writer.Text(code);
        writer.Text(field);
        writer.Text(message);
    }

    // Days travel as midnights in UTC, and are days again in the table.
    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
