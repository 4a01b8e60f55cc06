namespace Billing.Customers.Endpoints;

/// <summary>A one-off charge or credit in the API.</summary>
sealed record OneOffView(long Id, string Description, decimal Amount, DateOnly On, int Version);
