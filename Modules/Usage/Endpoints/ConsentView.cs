namespace Billing.Usage.Endpoints;

/// <summary>The customer's consent to pay more than a cap on some days.</summary>
sealed record ConsentView(DateOnly From, DateOnly Through, string GivenBy, string GivenHow, DateTimeOffset NotedAt);
