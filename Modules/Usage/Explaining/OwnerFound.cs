namespace Billing.Usage.Explaining;

/// <summary>Who pays for a call, and why.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Account">The account's number.</param>
/// <param name="Name">The account's name.</param>
/// <param name="Service">The service's label.</param>
/// <param name="Why">What of the call led to it: circuit, number or range, and the days on which it belongs to the service.</param>
public sealed record OwnerFound(long AccountId, string Account, string Name, string Service, string Why);
