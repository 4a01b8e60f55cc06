using Billing.Catalog.Products;

namespace Billing.Catalog.Endpoints;

/// <summary>A product in the API.</summary>
sealed record ProductView(string Code, string Name, decimal Price, string TaxCategory, string NominalCode, int? EveryMonths, string? Billing, string? Basis, DateOnly? RetiredOn, int Version)
{
    public static ProductView Of(StoredProduct stored)
    {
        var (product, terms) = (stored.Product, stored.Product.Terms);
        return new(product.Code, product.Name, product.Price, product.TaxCategory, product.NominalCode, terms?.EveryMonths, terms is null ? null : RecurringTerms.TextOf(terms.Billing),
            terms is null ? null : RecurringTerms.TextOf(terms.Basis), stored.RetiredOn, stored.Version);
    }
}
