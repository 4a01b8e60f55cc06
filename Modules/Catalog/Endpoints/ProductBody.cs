using System.ComponentModel;
using Billing.Catalog.Products;

namespace Billing.Catalog.Endpoints;

/// <summary>A product as a program sends it.</summary>
sealed record ProductBody(
    [property: Description("Yours, unique.")] string Code,
    [property: Description("As invoices print it.")] string Name,
    [property: Description("Without VAT; per period for what recurs.")] decimal Price,
    [property: Description("standard, standard-end-use, reduced, zero or exempt.")] string TaxCategory,
    [property: Description("The revenue account in the books.")] string NominalCode,
    [property: Description("Months of a period, for what recurs; left out for what is charged once.")] int? EveryMonths = null,
    [property: Description("advance or arrears; advance where left out.")] string? Billing = null,
    [property: Description("How a part of a period is priced: actual, 30 or 30/360; actual where left out.")] string? Basis = null)
{
    public Product Make() => new(Code, Name, Price, EveryMonths is { } months ? RecurringTerms.Read(months, Billing ?? "advance", Basis ?? "actual") : null, TaxCategory, NominalCode);
}
