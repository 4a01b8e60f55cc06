namespace Billing.Customers.Endpoints;

/// <summary>A service in the API.</summary>
sealed record ServiceView(long Id, string Label, string? Site, int Version);
