using Billing.Catalog.Products;
using Billing.Customers.Accounts;

namespace Billing.Customers.Services;

/// <summary>A charge or, when negative, a credit that is billed once.</summary>
/// <param name="Id">As stored; 0 before it is.</param>
/// <param name="Account">Who pays.</param>
/// <param name="Service">What it is for, or null.</param>
/// <param name="Product">What is sold.</param>
/// <param name="Description">As printed.</param>
/// <param name="Amount">Without VAT; negative for a credit.</param>
/// <param name="ChargeOn">A run takes it when its cutoff date is this day or later.</param>
public sealed record OneOffCharge(long Id, AccountId Account, ServiceId? Service, ProductId Product, string Description, decimal Amount, DateOnly ChargeOn);
