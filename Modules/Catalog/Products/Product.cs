namespace Billing.Catalog.Products;

/// <summary>Something on the price list that is not a call.</summary>
/// <param name="Code">The tenant's own code, unique.</param>
/// <param name="Name">As printed on an invoice.</param>
/// <param name="Price">Without VAT, in the tenant's currency; per period for a recurring product.</param>
/// <param name="Terms">How it recurs; null for a one-off.</param>
/// <param name="TaxCategory">Which VAT rate applies: <c>standard</c>, <c>reduced</c>, <c>zero</c> or <c>exempt</c>.</param>
/// <param name="NominalCode">The revenue account of the books it is posted to.</param>
public sealed record Product(string Code, string Name, decimal Price, RecurringTerms? Terms, string TaxCategory, string NominalCode);
