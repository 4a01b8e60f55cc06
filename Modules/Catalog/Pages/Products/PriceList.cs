using Billing.Catalog.Products;
using Billing.Screens.Tables;

namespace Billing.Catalog.Pages.Products;

/// <summary>The price list, searched and sorted: the table on the page and the exported one are the same list.</summary>
internal static class PriceList
{
    public static IReadOnlyList<string> Sorts { get; } = ["code", "name", "price", "nominal"];

    public static IReadOnlyList<StoredProduct> Of(IEnumerable<StoredProduct> products, ListQuery query)
    {
        var found = products.Where(stored => query.Search.Length == 0
            || new[] { stored.Product.Code, stored.Product.Name, stored.Product.NominalCode }.Any(text => text?.Contains(query.Search, StringComparison.OrdinalIgnoreCase) == true));
        var sorted = query.Sort switch
        {
            "name" => Order(found, stored => stored.Product.Name, StringComparer.OrdinalIgnoreCase, query),
            "price" => Order(found, stored => stored.Product.Price, null, query),
            "nominal" => Order(found, stored => stored.Product.NominalCode, StringComparer.OrdinalIgnoreCase, query),
            _ => Order(found, stored => stored.Product.Code, StringComparer.OrdinalIgnoreCase, query),
        };
        return [.. sorted.ThenBy(stored => stored.Id.Value)];
    }

    private static IOrderedEnumerable<StoredProduct> Order<TKey>(IEnumerable<StoredProduct> products, Func<StoredProduct, TKey> key, IComparer<TKey>? comparer, ListQuery query) =>
        query.IsDescending ? products.OrderByDescending(key, comparer) : products.OrderBy(key, comparer);
}
