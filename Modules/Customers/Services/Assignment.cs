using Billing.Abstractions.Values;

namespace Billing.Customers.Services;

/// <summary>A number, a range of numbers, or a circuit that belongs to a service on some days.</summary>
/// <param name="Circuit">A trunk, circuit or other name the carrier bills by; null for numbers.</param>
/// <param name="First">First number, <see cref="E164Number.Digits"/>; 0 for a circuit.</param>
/// <param name="Last">Last number, included; the first one again for a single number.</param>
/// <param name="Valid">The days.</param>
/// <param name="Owner">Who answers for it.</param>
public sealed record Assignment(string? Circuit, ulong First, ulong Last, DateInterval Valid, ServiceOwner Owner);
