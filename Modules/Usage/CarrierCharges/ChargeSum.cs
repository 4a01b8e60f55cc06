namespace Billing.Usage.CarrierCharges;

/// <summary>Lines of one state and currency.</summary>
/// <param name="State">One of <see cref="ChargeState"/>.</param>
/// <param name="Currency">Of the amounts; empty for lines that can't be read.</param>
/// <param name="Lines">How many.</param>
/// <param name="Amount">Their amounts together, credits subtracted.</param>
public sealed record ChargeSum(string State, string Currency, long Lines, decimal Amount);
