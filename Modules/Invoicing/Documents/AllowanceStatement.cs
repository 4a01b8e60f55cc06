namespace Billing.Invoicing.Documents;

/// <summary>What was used of an allowance, or billed under a spend cap, by the calls up to the cutoff.</summary>
/// <param name="Name">The allowance or cap.</param>
/// <param name="For">The service or site whose it is; null for the account's.</param>
/// <param name="Period">Its days.</param>
/// <param name="Size">What it holds, in words: <c>500 min</c>; the limit of a cap.</param>
/// <param name="Used">What was drawn, or billed.</param>
/// <param name="Left">What is left.</param>
/// <param name="Share">Used of size, 0 to 1; of several limits the one that is nearest to its end.</param>
/// <param name="Saved">What the covered calls would have cost; for a cap, what is not billed because of it.</param>
/// <param name="IsCap">True for a spend cap.</param>
public sealed record AllowanceStatement(string Name, string? For, PrintedPeriod Period, string Size, string Used, string Left, decimal Share, decimal Saved, bool IsCap);
