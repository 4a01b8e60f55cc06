namespace Billing.Customers.Accounts;

/// <summary>A contact as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Whose.</param>
/// <param name="Contact">The person.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredContact(long Id, AccountId Account, Contact Contact, int Version);
