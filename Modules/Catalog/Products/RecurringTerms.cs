namespace Billing.Catalog.Products;

/// <summary>How a recurring charge recurs.</summary>
/// <param name="EveryMonths">Length of a period in months: 1, 3, 12, ...</param>
/// <param name="Billing">Before or after the period.</param>
/// <param name="Basis">How a part period is priced.</param>
public sealed record RecurringTerms(int EveryMonths, BillingTime Billing, ProrationBasis Basis)
{
    /// <summary>The words the database and files use.</summary>
    public static string TextOf(BillingTime billing) => billing == BillingTime.Advance ? "advance" : "arrears";

    /// <summary>The words the database and files use.</summary>
    public static string TextOf(ProrationBasis basis) => basis switch
    {
        ProrationBasis.Actual => "actual",
        ProrationBasis.Thirty => "30",
        _ => "30/360",
    };

    /// <summary>Reads what <see cref="TextOf(BillingTime)"/> and <see cref="TextOf(ProrationBasis)"/> wrote.</summary>
    public static RecurringTerms Read(int everyMonths, string billing, string basis) => new(
        everyMonths,
        billing == "advance" ? BillingTime.Advance : BillingTime.Arrears,
        basis switch { "actual" => ProrationBasis.Actual, "30" => ProrationBasis.Thirty, _ => ProrationBasis.Thirty360 });
}
