namespace Billing.Customers.Allowances;

/// <summary>A spend cap as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cap">The cap.</param>
/// <param name="Consents">When the customer agreed to pay more, in the order it was noted.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredSpendCap(long Id, AccountSpendCap Cap, IReadOnlyList<SpendCapConsent> Consents, int Version);
