namespace Billing.Customers.Services;

/// <summary>A one-off charge or credit as it is stored.</summary>
/// <param name="Charge">The charge.</param>
/// <param name="Version">To be handed back with a removal.</param>
public sealed record StoredOneOff(OneOffCharge Charge, int Version);
