namespace Billing.Usage.Endpoints;

/// <summary>A spend cap as it was set, in the API.</summary>
sealed record SpendCapView(long Id, string Name, string? Service, decimal Limit, int AnchorDay, DateOnly From, DateOnly? Through, IReadOnlyList<ConsentView> Consents, int Version);
