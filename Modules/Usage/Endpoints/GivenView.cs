namespace Billing.Usage.Endpoints;

/// <summary>An allowance given to an account, in the API.</summary>
sealed record GivenView(long Id, string Allowance, string? Service, decimal Quantity, int AnchorDay, DateOnly From, DateOnly? Through, int Version);
