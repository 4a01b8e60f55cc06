namespace Billing.Api.Webhooks;

/// <summary>An address of the tenant's that is told of events.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Url">Where the events are posted to.</param>
/// <param name="Events">Kinds it is told of.</param>
/// <param name="IsActive">False when it was switched off.</param>
public sealed record Webhook(long Id, string Url, IReadOnlyList<string> Events, bool IsActive);
