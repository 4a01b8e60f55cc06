namespace Billing.Customers.Services;

/// <summary>A recurring charge as it is stored.</summary>
/// <param name="Charge">The slice: one price and quantity on some days.</param>
/// <param name="Follows">The slice whose place it took when the price or quantity changed; null for the first.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredCharge(Subscription Charge, SubscriptionId? Follows, int Version);
