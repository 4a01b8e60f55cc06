namespace Billing.Customers.Accounts;

/// <summary>A place of an account.</summary>
/// <param name="Name">Unique within the account, for example "Head office".</param>
/// <param name="Address">Line by line.</param>
/// <param name="IsBilling">True for the one that invoices are addressed to.</param>
public sealed record Site(string Name, IReadOnlyList<string> Address, bool IsBilling);
