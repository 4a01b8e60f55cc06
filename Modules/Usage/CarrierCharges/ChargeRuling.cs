namespace Billing.Usage.CarrierCharges;

/// <summary>A decision about carriers' charges, and what goes by it.</summary>
/// <param name="Ruling">The decision.</param>
/// <param name="AccountNumber">Whose the charges are; null where they are excluded.</param>
/// <param name="AccountName">That account's name.</param>
/// <param name="ServiceLabel">For which service; null for the account as a whole.</param>
/// <param name="Lines">Lines that go by it now.</param>
/// <param name="Amount">Their amounts together, credits subtracted.</param>
/// <param name="Currency">Of the amounts; null where there are several or none.</param>
public sealed record ChargeRuling(CarrierRuling Ruling, string? AccountNumber, string? AccountName, string? ServiceLabel, long Lines, decimal Amount, string? Currency);
