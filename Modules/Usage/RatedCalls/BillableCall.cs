namespace Billing.Usage.RatedCalls;

/// <summary>A priced call that waits for an invoice, as the invoice needs it.</summary>
/// <param name="FileId">Its file.</param>
/// <param name="Line">Its line.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Caller">Calling number.</param>
/// <param name="Called">Called number.</param>
/// <param name="Service">The service's label.</param>
/// <param name="Destination">What the tariff calls it.</param>
/// <param name="Band">Time band, or null.</param>
/// <param name="Seconds">Answered seconds.</param>
/// <param name="Charge">What is billed.</param>
/// <param name="Covered">What allowances took off its price.</param>
/// <param name="CoveredUnits">Seconds, messages or bytes that allowances cover; null where none does.</param>
/// <param name="OverCap">What a spend cap keeps from being billed.</param>
/// <param name="Kind"><c>voice</c>, <c>sms</c> or <c>data</c>.</param>
public sealed record BillableCall(
    long FileId, long Line, DateTimeOffset StartedAt, string Caller, string Called, string Service, string Destination, string? Band, int Seconds, decimal Charge,
    decimal Covered = 0, long? CoveredUnits = null, decimal OverCap = 0, string Kind = "voice");
