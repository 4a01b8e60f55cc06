using Billing.Tenancy.Audit;

namespace Billing.Api.Audit;

/// <summary>An entry of the audit trail in the API.</summary>
sealed record AuditView(long Entry, DateTimeOffset NotedAt, string ActorKind, string ActorName, string Action, string Subject, string Key, IReadOnlyList<AuditChangeView> Changes)
{
    public static AuditView Of(AuditEntry entry) => new(
        entry.Entry, entry.NotedAt, entry.ActorKind, entry.ActorName, entry.Action, entry.Subject, entry.Key, [.. entry.Changes.Select(change => new AuditChangeView(change.Name, change.Before, change.After))]);
}
