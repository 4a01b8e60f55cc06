namespace Billing.Usage.CarrierCharges;

/// <summary>The carrier's invoice for a file of recurring charges.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Number">The carrier's number of it.</param>
/// <param name="Net">What it comes to without VAT.</param>
/// <param name="Currency">Of that.</param>
/// <param name="Version">Grows with each change.</param>
public sealed record CarrierInvoice(long FileId, string Number, decimal Net, string Currency, int Version);
