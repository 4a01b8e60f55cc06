using Billing.Customers.Accounts;

namespace Billing.Customers.Endpoints;

/// <summary>A site in the API.</summary>
sealed record SiteView(long Id, string Name, IReadOnlyList<string> Address, bool IsBilling, int Version)
{
    public static SiteView Of(StoredSite stored) => new(stored.Id, stored.Site.Name, stored.Site.Address, stored.Site.IsBilling, stored.Version);
}
