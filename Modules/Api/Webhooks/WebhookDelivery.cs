namespace Billing.Api.Webhooks;

/// <summary>An event on its way to a webhook.</summary>
/// <param name="Id">As stored.</param>
/// <param name="WebhookId">Where to.</param>
/// <param name="EventId">Which event; the receiver sees it as <c>webhook-id</c> and can tell a repetition by it.</param>
/// <param name="Kind">Kind of the event.</param>
/// <param name="HappenedAt">When it happened.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="TriedAt">Last attempt.</param>
/// <param name="NextAt">Next attempt; null when nothing more is tried.</param>
/// <param name="Status">HTTP status of the last attempt; null when there was no answer.</param>
/// <param name="Fault">Why the last attempt failed; null when it did not.</param>
/// <param name="IsDone">True when the receiver took it.</param>
public sealed record WebhookDelivery(
    long Id, long WebhookId, long EventId, string Kind, DateTimeOffset HappenedAt, int Attempts, DateTimeOffset? TriedAt, DateTimeOffset? NextAt, int? Status, string? Fault, bool IsDone);
