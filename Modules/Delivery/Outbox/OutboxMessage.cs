namespace Billing.Delivery.Outbox;

/// <summary>A message that is to be sent.</summary>
/// <param name="Id">Within the tenant.</param>
/// <param name="Recipient">Email address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text; null when the reader may not see it.</param>
/// <param name="IsSecret">It holds a one-time link.</param>
/// <param name="State"><c>waiting</c>, <c>sent</c>, <c>failed</c> or <c>withdrawn</c>.</param>
/// <param name="CreatedAt">When it was put here.</param>
public sealed record OutboxMessage(long Id, string Recipient, string Subject, string? Body, bool IsSecret, string State, DateTimeOffset CreatedAt);
