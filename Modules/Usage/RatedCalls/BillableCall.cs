namespace Billing.Usage.RatedCalls;

/// <summary>A priced call that waits for an invoice, as the invoice needs it.</summary>
public sealed record BillableCall(
    long FileId, long Line, DateTimeOffset StartedAt, string Caller, string Called, string Service, string Destination, string? Band, int Seconds, decimal Charge);
