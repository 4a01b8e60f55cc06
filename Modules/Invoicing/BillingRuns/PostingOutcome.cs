namespace Billing.Invoicing.BillingRuns;

/// <summary>What posting a run did, counting what earlier, interrupted attempts had done.</summary>
/// <param name="Posted">Invoices of the run.</param>
/// <param name="Parked">Accounts that could not be posted, each with its reason; the others are not held up by them.</param>
public sealed record PostingOutcome(int Posted, IReadOnlyList<ParkedAccount> Parked);
