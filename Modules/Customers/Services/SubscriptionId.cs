namespace Billing.Customers.Services;

/// <summary>A recurring charge of an account.</summary>
public readonly record struct SubscriptionId(long Value);
