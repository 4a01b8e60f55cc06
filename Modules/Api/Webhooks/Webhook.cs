namespace Billing.Api.Webhooks;

/// <summary>An address of the tenant's that is told of events.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Url">Where the events are posted to.</param>
/// <param name="Events">Kinds it is told of.</param>
/// <param name="IsActive">False while it is paused: what happens then is not told, and what waits goes on waiting.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="PreviousUntil">Until when events are signed with the secret before as well; null when they are not.</param>
public sealed record Webhook(long Id, string Url, IReadOnlyList<string> Events, bool IsActive, DateTimeOffset CreatedAt, DateTimeOffset? PreviousUntil);
