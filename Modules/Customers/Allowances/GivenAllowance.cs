using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Services;

namespace Billing.Customers.Allowances;

/// <summary>An allowance that an account has besides those its products include.</summary>
/// <param name="Account">Who has it.</param>
/// <param name="Service">The one service it is for; null when it is the account's.</param>
/// <param name="Allowance">Which.</param>
/// <param name="Quantity">How many of it.</param>
/// <param name="AnchorDay">Day of the month its periods begin on; 29 to 31 mean the last day of a shorter month.</param>
/// <param name="Valid">The days.</param>
public sealed record GivenAllowance(AccountId Account, ServiceId? Service, AllowanceId Allowance, decimal Quantity, int AnchorDay, DateInterval Valid);
