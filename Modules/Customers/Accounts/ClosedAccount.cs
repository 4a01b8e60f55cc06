using Billing.Customers.Services;

namespace Billing.Customers.Accounts;

/// <summary>What closing an account ended.</summary>
/// <param name="Numbers">Numbers, ranges and circuits.</param>
/// <param name="Charges">Recurring charges.</param>
/// <param name="BilledBeyond">
/// Charges that are on an invoice for days after the last one, with the first day that is not charged: they raise nothing more, and what was charged too
/// much is to be credited.
/// </param>
public sealed record ClosedAccount(int Numbers, int Charges, IReadOnlyList<(SubscriptionId Charge, string Description, DateOnly BilledTo)> BilledBeyond);
