using Billing.Abstractions.Values;

namespace Billing.Invoicing.Margins;

/// <summary>A carrier's charge whose owner is known, as margins look at it.</summary>
/// <param name="FileId">Where it stands.</param>
/// <param name="Line">On which line.</param>
/// <param name="Account">Whose.</param>
/// <param name="Service">For which service; null for the account as a whole.</param>
/// <param name="Product">What the carrier's product is sold on as; null where nobody said it.</param>
/// <param name="Period">The days it is for.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Amount">For all of the line, in the tenant's currency.</param>
/// <param name="Suggested">What one should be sold for; null where nobody knows.</param>
public sealed record CarrierCost(long FileId, long Line, long Account, long? Service, long? Product, DateInterval Period, long Quantity, decimal Amount, decimal? Suggested);
