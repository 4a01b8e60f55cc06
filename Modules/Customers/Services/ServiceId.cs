namespace Billing.Customers.Services;

/// <summary>A service of an account: a line, a trunk, a broadband connection.</summary>
public readonly record struct ServiceId(long Value);
