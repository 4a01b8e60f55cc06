using Billing.Catalog.Products;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>The price list before a file comes, by code.</summary>
internal sealed record KnownProducts(IReadOnlyDictionary<string, StoredProduct> ByCode)
{
    public static async Task<KnownProducts> LoadAsync(TenantDb db, CancellationToken cancellationToken) =>
        new((await ProductBook.LoadAsync(db, cancellationToken)).ToDictionary(p => p.Product.Code, StringComparer.Ordinal));

    /// <summary>The product a row charges; the fault is noted when it can't be charged so.</summary>
    public StoredProduct? Find(RowReader row, bool isRecurring)
    {
        if (row.Required("productCode") is not { } code) return null;
        if (!ByCode.TryGetValue(code, out var product)) row.Refuse("onboarding.no-product", "productCode", "There is no product with this code. Import products first, or correct the code.");
        else if (isRecurring && product.Product.Terms is null) row.Refuse("onboarding.not-recurring", "productCode", "This product is charged once, not again and again. Choose a recurring one.");
        else if (!isRecurring && product.Product.Terms is not null) row.Refuse("onboarding.recurring", "productCode", "This product is charged again and again. Choose one that is charged once, or import it as a recurring charge.");
        else if (product.RetiredOn is not null) row.Refuse("onboarding.retired-product", "productCode", "This product is not sold any more. Choose another, or put it back on the price list.");
        return product;
    }
}
