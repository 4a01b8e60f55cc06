namespace Billing.Customers.Accounts;

/// <summary>A customer account.</summary>
public readonly record struct AccountId(long Value);
