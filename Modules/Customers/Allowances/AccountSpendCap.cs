using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Rating.Allowances;

namespace Billing.Customers.Allowances;

/// <summary>A limit the customer set on what is billed in a month (rule R18).</summary>
/// <param name="Account">Whose.</param>
/// <param name="Service">The one service it is for; null for all of the account together.</param>
/// <param name="Name">As bills and screens print it.</param>
/// <param name="Limit">Without VAT.</param>
/// <param name="Covers">Which usage counts.</param>
/// <param name="AnchorDay">Day of the month its periods begin on.</param>
/// <param name="Valid">The days it holds.</param>
public sealed record AccountSpendCap(AccountId Account, ServiceId? Service, string Name, decimal Limit, Coverage Covers, int AnchorDay, DateInterval Valid);
