namespace Billing.Usage.CarrierCharges;

/// <summary>Whose a charge is, or why nobody knows.</summary>
/// <param name="State">Allocated, unallocated or excluded.</param>
/// <param name="AccountId">Whose; null where it is not allocated.</param>
/// <param name="ServiceId">For which service; null for the account as a whole.</param>
/// <param name="RulingId">The decision that says so; null where it goes by owner.</param>
/// <param name="ErrorCode">What is wrong; null where nothing is.</param>
/// <param name="ErrorSubject">With what.</param>
/// <param name="ErrorMessage">In a sentence.</param>
internal sealed record MatchedCharge(string State, long? AccountId, long? ServiceId, long? RulingId, string? ErrorCode, string? ErrorSubject, string? ErrorMessage);
