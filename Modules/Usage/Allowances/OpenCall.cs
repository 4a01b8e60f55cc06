using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Rating.Allowances;

namespace Billing.Usage.Allowances;

/// <summary>A priced call that no run has settled, with what its tariff can be asked by.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Call">As allowances look at it.</param>
/// <param name="Called">The called number.</param>
/// <param name="Charge">What is charged for it as things stand in the database.</param>
/// <param name="Tariff">What priced it, and which version.</param>
/// <param name="ChargeCode">The carrier's charge code.</param>
/// <param name="Cost">The carrier's charge.</param>
/// <param name="CostCurrency">Its currency.</param>
internal sealed record OpenCall(
    AccountId Account, DrawCall Call, string Called, decimal Charge, (long Id, int Version) Tariff, string? ChargeCode, decimal? Cost, Currency CostCurrency);
