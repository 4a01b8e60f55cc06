namespace Billing.Tenancy.Audit;

/// <summary>One entry of the audit trail.</summary>
/// <param name="Entry">Its number, from 1 without a gap.</param>
/// <param name="NotedAt">When.</param>
/// <param name="ActorKind">What kind of party: <c>staff</c>, <c>support</c>, <c>api-key</c>, <c>customer</c>, <c>system</c>.</param>
/// <param name="ActorName">Who.</param>
/// <param name="Action">What was done: <c>insert</c>, <c>update</c>, <c>delete</c>, or a deed.</param>
/// <param name="Subject">To what kind of thing.</param>
/// <param name="Key">Which one, as JSON.</param>
/// <param name="Changes">Members with their values before and after; null where there was or is none.</param>
public sealed record AuditEntry(
    long Entry, DateTimeOffset NotedAt, string ActorKind, string ActorName, string Action, string Subject, string Key, IReadOnlyList<(string Name, string? Before, string? After)> Changes);
