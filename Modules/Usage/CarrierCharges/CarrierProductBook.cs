using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>Carriers' products and what they are sold on as. Changes no line; margins are computed by it.</summary>
public static class CarrierProductBook
{
    /// <summary>Every product that a file has or that something is said of, by carrier and code.</summary>
    public static async Task<IReadOnlyList<CarrierProduct>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            with seen as (
                select carrier, code, (array_agg(description order by file_id desc, line desc) filter (where description is not null))[1] as description, count(*) as lines
                from usage.carrier_charge where code is not null and state <> 'bad' group by 1, 2)
            select m.carrier, m.code, m.description, m.lines, m.product_id, p.code, p.name, round(p.price / p.every_months, 6), m.suggested_price, m.version
            from (select carrier, code, coalesce(s.description, '') as description, coalesce(s.lines, 0) as lines, k.tenant_id, k.product_id, k.suggested_price, coalesce(k.version, 0) as version
                  from seen s full join usage.carrier_product k using (carrier, code)) m
                 left join catalog.product p on p.tenant_id = m.tenant_id and p.product_id = m.product_id
            order by lower(m.carrier), m.code collate "C"
            """, row => new CarrierProduct(row.Text(0), row.Text(1), row.Text(2), row.Long(3), row.Maybe<long?>(4), row.MaybeText(5), row.MaybeText(6), row.Maybe<decimal?>(7), row.Maybe<decimal?>(8), row.Int(9)), cancellationToken);
    }

    /// <summary>Says what a carrier's product is sold on as; with neither product nor price, that nothing is said of it.</summary>
    /// <param name="db">The tenant; the caller commits.</param>
    /// <param name="carrier">Whose.</param>
    /// <param name="code">The carrier's product.</param>
    /// <param name="productId">A recurring product of ours, or null.</param>
    /// <param name="suggestedPrice">What one should be sold for a month, or null for the list price.</param>
    /// <param name="version">The version that was read; 0 where nothing was said of it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What is there now; <c>charges.unknown-product</c>, <c>charges.no-product</c>, <c>charges.bad-price</c>, or who changed it meanwhile.</returns>
    public static async Task<Result<CarrierProduct>> SaveAsync(TenantDb db, string carrier, string code, long? productId, decimal? suggestedPrice, int version, CancellationToken cancellationToken = default)
    {
        if (suggestedPrice is < 0 or > 999_999_999m) return new Failure("charges.bad-price", "The suggested price can't be negative.") { Field = "suggestedPrice" };
        if (await FindAsync(db, carrier, code, cancellationToken) is not { } stored) return new Failure("charges.unknown-product", $"No file of {carrier} has a product '{code}'.");
        if (productId is { } id && !await db.ScalarAsync<bool>($"select exists (select from catalog.product where product_id = {id} and kind = 'recurring')", cancellationToken))
            return new Failure("charges.no-product", "There is no such recurring product on the price list.") { Field = "productId" };
        if (stored.Version != version) return Stale();
        var rows = (productId, suggestedPrice, version) switch
        {
            (null, null, 0) => 1,
            (null, null, _) => await db.ExecuteAsync($"delete from usage.carrier_product where carrier = {carrier} and code = {code} and version = {version}", cancellationToken),
            (_, _, 0) => await db.ExecuteAsync($"""
                insert into usage.carrier_product (carrier, code, product_id, suggested_price) values ({carrier}, {code}, {productId}::bigint, {suggestedPrice}::numeric) on conflict (tenant_id, carrier, code) do nothing
                """, cancellationToken),
            _ => await db.ExecuteAsync($"""
                update usage.carrier_product set product_id = {productId}::bigint, suggested_price = {suggestedPrice}::numeric, version = version + 1 where carrier = {carrier} and code = {code} and version = {version}
                """, cancellationToken),
        };
        return rows == 1 ? (await FindAsync(db, carrier, code, cancellationToken) ?? stored with { ProductId = null, SuggestedPrice = null, Version = 0 }) : Stale();
    }

    private static Failure Stale() => new(LastChange.ChangedMeanwhile, "Somebody changed what this product is sold on as while you looked at it. Look again.");

    private static async Task<CarrierProduct?> FindAsync(TenantDb db, string carrier, string code, CancellationToken cancellationToken) =>
        (await LoadAsync(db, cancellationToken)).FirstOrDefault(one => one.Carrier == carrier && one.Code == code);
}
