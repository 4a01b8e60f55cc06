using Billing.Abstractions.Values;

namespace Billing.Customers.Allowances;

/// <summary>The customer's express consent to pay more than a cap on some days.</summary>
/// <param name="Days">Which days; they have an end.</param>
/// <param name="GivenBy">Who agreed, at the customer.</param>
/// <param name="GivenHow">How: a letter, a recorded call, the portal.</param>
/// <param name="NotedAt">When it was noted.</param>
public sealed record SpendCapConsent(DateInterval Days, string GivenBy, string GivenHow, DateTimeOffset NotedAt);
