namespace Billing.Catalog.Endpoints;

/// <summary>An allowance that a product includes, in the API.</summary>
sealed record IncludedView(long Id, string Allowance, DateOnly From, DateOnly? Through, int Version);
