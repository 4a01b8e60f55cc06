namespace Billing.Invoicing.Margins;

/// <summary>What a service costs and earns in a month.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="AccountNumber">The account's number.</param>
/// <param name="AccountName">And name.</param>
/// <param name="ServiceId">The service; null for the account as a whole.</param>
/// <param name="Service">What the customer calls it; empty for the account as a whole.</param>
/// <param name="Product">Our product, where the carrier's is said to be sold on as it; null for the rest of the service.</param>
/// <param name="Lines">Lines of carriers' files behind the cost.</param>
/// <param name="Cost">What carriers charge for the month, credits taken off.</param>
/// <param name="Charge">What we charge for the same days.</param>
/// <param name="Suggested">What it should be sold for, as far as that is known; null where it is not.</param>
/// <param name="FirstFileId">File of one of the lines, to begin the trace with; null where there is none.</param>
/// <param name="FirstLine">The line there.</param>
public sealed record MarginRow(
    long AccountId, string AccountNumber, string AccountName, long? ServiceId, string Service, string? Product, int Lines, decimal Cost, decimal Charge, decimal? Suggested, long? FirstFileId, long? FirstLine)
{
    /// <summary>What is left.</summary>
    public decimal Margin => Charge - Cost;

    /// <summary>What to make of it.</summary>
    public MarginVerdict Verdict => this switch
    {
        { Lines: 0 } => MarginVerdict.NoCost,
        { Cost: <= 0, Charge: 0 } => MarginVerdict.Credit,
        { Charge: <= 0 } => MarginVerdict.NobodyPays,
        { Charge: var charge, Cost: var cost } when charge <= cost => MarginVerdict.BelowCost,
        _ => MarginVerdict.Sold,
    };
}
