namespace Billing.Api.Audit;

/// <summary>A member of what was changed, before and after.</summary>
sealed record AuditChangeView(string Name, string? Before, string? After);
