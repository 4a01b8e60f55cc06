namespace Billing.Customers.Accounts;

/// <summary>A site as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Whose.</param>
/// <param name="Site">The place.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredSite(long Id, AccountId Account, Site Site, int Version);
