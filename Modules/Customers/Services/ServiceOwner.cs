using Billing.Customers.Accounts;

namespace Billing.Customers.Services;

/// <summary>Who answers for a number or circuit: the service, its account, and the tariff that comes first.</summary>
/// <param name="Service">The service.</param>
/// <param name="Account">Its account.</param>
/// <param name="Label">What the customer calls the service.</param>
/// <param name="TariffId">The service's own tariff, else the account's; null leaves the tenant's default.</param>
public sealed record ServiceOwner(ServiceId Service, AccountId Account, string Label, long? TariffId);
