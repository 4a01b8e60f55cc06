using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Records;

namespace Billing.Catalog.Products;

/// <summary>The price list as people keep it. A new price holds for what is sold from then on; running contracts keep theirs.</summary>
public static class ProductBook
{
    /// <summary>Words of <see cref="Product.TaxCategory"/>.</summary>
    public static IReadOnlyList<string> TaxCategories { get; } = ["standard", "standard-end-use", "reduced", "zero", "exempt"];

    /// <summary>All products, by code; those retired too.</summary>
    public static async Task<IReadOnlyList<StoredProduct>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync(
            $"select product_id, code, name, price, every_months, billing, basis, tax_category, nominal_code, retired_on, version from catalog.product order by code",
            row => new StoredProduct(new ProductId(row.Long(0)),
                new Product(row.Text(1), row.Text(2), row.Decimal(3), row.IsNull(4) ? null : RecurringTerms.Read(row.Int(4), row.Text(5), row.Text(6)), row.Text(7), row.Text(8)),
                row.Maybe<DateOnly?>(9), row.Int(10)), cancellationToken);
    }

    /// <summary>Everything that is wrong with a product by itself, each with its field.</summary>
    public static IReadOnlyList<Failure> Check(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return new FieldChecks()
            .Text("code", "The code", product.Code, 40, isRequired: true)
            .That(product.Code == product.Code?.Trim(), "records.bad-text", "code", "The code has a space before or after it.")
            .Text("name", "The name", product.Name, 200, isRequired: true)
            .Amount("price", "The price", product.Price)
            .That(product.Terms is not { } terms || terms.EveryMonths is >= 1 and <= 120, "records.bad-terms", "everyMonths", "A period has 1 to 120 months.")
            .OneOf("taxCategory", "The tax category", product.TaxCategory, TaxCategories)
            .Text("nominalCode", "The nominal code", product.NominalCode, 40, isRequired: true)
            .Failures;
    }

    /// <summary>Adds a product.</summary>
    /// <returns>Its id; <c>records.taken</c> when the code is in use.</returns>
    public static async Task<Result<ProductId>> AddAsync(TenantDb db, Product product, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Check(product) is [var wrong, ..]) return wrong;
        if (await db.ScalarAsync<bool>($"select exists (select from catalog.product where code = {product.Code})", cancellationToken)) return Taken(product);
        return await ProductList.AddAsync(db, product, cancellationToken);
    }

    /// <summary>Changes a product. Whether it recurs can't change: running charges have its terms.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> ChangeAsync(TenantDb db, ProductId id, int version, Product product, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Check(product) is [var wrong, ..]) return wrong;
        var kind = await db.FindAsync($"select kind from catalog.product where product_id = {id.Value}", row => row.Text(0), cancellationToken);
        if (kind is not null && kind == "recurring" != product.Terms is not null)
            return new Failure("records.bad-terms", "A product stays recurring or one-off. Retire this one and add another.") { Field = "everyMonths" };
        var terms = product.Terms;
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"""
            update catalog.product set code = {product.Code}, name = {product.Name}, price = {product.Price}, every_months = {terms?.EveryMonths},
                billing = {(terms is null ? null : RecurringTerms.TextOf(terms.Billing))}, basis = {(terms is null ? null : RecurringTerms.TextOf(terms.Basis))},
                tax_category = {product.TaxCategory}, nominal_code = {product.NominalCode}, version = version + 1
            where product_id = {id.Value} and version = {version}
            """, cancellationToken), cancellationToken);
        if (refusal is not null) return Taken(product);
        return rows == 1 ? version + 1 : await StaleAsync(db, id, cancellationToken);
    }

    /// <summary>Takes a product off the price list from a day on, or with null puts it back.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> RetireAsync(TenantDb db, ProductId id, int version, DateOnly? from, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.ExecuteAsync($"update catalog.product set retired_on = {from}, version = version + 1 where product_id = {id.Value} and version = {version}", cancellationToken);
        return rows == 1 ? version + 1 : await StaleAsync(db, id, cancellationToken);
    }

    /// <summary>Removes a product that nothing was ever sold of.</summary>
    /// <returns>The version removed; <c>records.in-use</c> while a charge names it.</returns>
    public static async Task<Result<int>> RemoveAsync(TenantDb db, ProductId id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"delete from catalog.product where product_id = {id.Value} and version = {version}", cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.in-use", "Something was sold of this product. Take it off the price list instead.");
        return rows == 1 ? version : await StaleAsync(db, id, cancellationToken);
    }

    private static Failure Taken(Product product) => new("records.taken", $"The code {product.Code} is in use. Codes are unique: choose another.") { Field = "code" };

    private static Task<Failure> StaleAsync(TenantDb db, ProductId id, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "catalog.product", "product_id", id.Value, "This product", cancellationToken);
}
