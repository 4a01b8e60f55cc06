namespace Billing.Api;

/// <summary>Marks an endpoint that takes an <c>Idempotency-Key</c>, for its description.</summary>
sealed class WritesOnce;
