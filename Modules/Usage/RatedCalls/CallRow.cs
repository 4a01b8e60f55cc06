using Billing.Abstractions.Cdr;
using Billing.Tenancy.Data;
using Billing.Usage.Matching;

namespace Billing.Usage.RatedCalls;

/// <summary>One line of a CDR file on its way into the database.</summary>
internal sealed class CallRow
{
    public const string Columns =
        "line, lines, state, record_key, raw, started_at, is_time_doubtful, direction, kind, is_answered, seconds, quantity, caller, called, circuit, charge_code, description, "
        + "cost, cost_currency, account_id, service_id, tariff_id, tariff_version, destination, band, billable_seconds, charge, error_code, error_subject, error_message";

    public required long Line { get; init; }
    public int Lines { get; init; } = 1;
    public Guid? RecordKey { get; init; }
    public required string Raw { get; init; }
    public bool IsTimeDoubtful { get; init; }
    public CdrKind Kind { get; init; }
    public bool IsAnswered { get; init; }
    public long Quantity { get; init; }
    public string? Description { get; init; }
    public CallFacts? Facts { get; init; }
    public PricedCall? Price { get; init; }
    public BillingError? Error { get; init; }

    /// <summary>Where the call starts its life; duplicates and calls that are too old are found once the whole file is there.</summary>
    public string State => (Error ?? Price?.Error) is not null ? "error" : IsAnswered ? "open" : "zero-rated";

    /// <summary>What the customer pays; null where it has no price.</summary>
    public decimal? Charge => Price is null or { Error: not null } ? null : Price.Charge;

    public void WriteTo(BulkWriter writer)
    {
        var error = Error ?? Price?.Error;
        writer.StartRow();
        writer.Long(Line);
        writer.Int(Lines);
        writer.Text(State);
        writer.Uuid(RecordKey);
        writer.Text(Raw);
        writer.Instant(Facts?.StartedAt);
        writer.Bool(IsTimeDoubtful);
        writer.Text(Facts is { } f ? f.Direction == CallDirection.Out ? "out" : "in" : null);
        writer.Text(Facts is null ? null : Kind switch { CdrKind.Voice => "voice", CdrKind.Sms => "sms", _ => "data" });
        writer.Bool(IsAnswered);
        writer.Int(Facts?.Seconds);
        writer.Long(Facts is null ? null : Quantity);
        writer.Text(Facts?.Caller);
        writer.Text(Facts?.Called);
        writer.Text(Facts?.Circuit);
        writer.Text(Facts?.ChargeCode);
        writer.Text(Description);
        writer.Decimal(Facts?.Cost);
        writer.Text(Facts is { CostCurrency.IsUnset: false } money ? money.CostCurrency.Code : null);
        writer.Long(Price?.Owner?.Account.Value);
        writer.Long(Price?.Owner?.Service.Value);
        writer.Long(Price?.TariffId);
        writer.Int(Price?.TariffVersion);
        writer.Text(Price?.Destination);
        writer.Text(Price?.Band);
        writer.Int(Price is null ? null : Price.BillableSeconds);
        writer.Decimal(Charge);
        writer.Text(error?.Code);
        writer.Text(error?.Subject);
        writer.Text(error?.Message);
    }
}
