using Billing.Customers.Accounts;

namespace Billing.Customers.Services;

/// <summary>A service as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Whose.</param>
/// <param name="Details">Label, site, tariff.</param>
/// <param name="SiteName">The site's name; null without one.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredService(ServiceId Id, AccountId Account, ServiceDetails Details, string? SiteName, int Version);
