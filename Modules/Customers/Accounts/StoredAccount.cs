namespace Billing.Customers.Accounts;

/// <summary>An account as it is stored, to look at and to change.</summary>
/// <param name="Account">The account.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredAccount(Account Account, int Version);
