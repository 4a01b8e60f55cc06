using Billing.Tenancy.Data;

namespace Billing.Catalog.Products;

/// <summary>A tenant's products.</summary>
public static class ProductList
{
    /// <summary>Adds a product, or answers with the id of the one that has its code already.</summary>
    public static async Task<ProductId> AddAsync(TenantDb db, Product product, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(product);
        var terms = product.Terms;
        await db.ExecuteAsync($"""
            insert into catalog.product (code, name, kind, price, every_months, billing, basis, tax_category, nominal_code)
            values ({product.Code}, {product.Name}, {(terms is null ? "one-off" : "recurring")}, {product.Price}, {terms?.EveryMonths},
                    {(terms is null ? null : RecurringTerms.TextOf(terms.Billing))}, {(terms is null ? null : RecurringTerms.TextOf(terms.Basis))},
                    {product.TaxCategory}, {product.NominalCode})
            on conflict (tenant_id, code) do nothing
            """, cancellationToken);
        return new ProductId(await db.ScalarAsync<long>($"select product_id from catalog.product where code = {product.Code}", cancellationToken));
    }

    /// <summary>All products by id.</summary>
    public static async Task<IReadOnlyDictionary<ProductId, Product>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync(
            $"select product_id, code, name, price, every_months, billing, basis, tax_category, nominal_code from catalog.product",
            row => (Id: new ProductId(row.Long(0)), Product: new Product(row.Text(1), row.Text(2), row.Decimal(3),
                row.IsNull(4) ? null : RecurringTerms.Read(row.Int(4), row.Text(5), row.Text(6)), row.Text(7), row.Text(8))),
            cancellationToken);
        return rows.ToDictionary(r => r.Id, r => r.Product);
    }
}
