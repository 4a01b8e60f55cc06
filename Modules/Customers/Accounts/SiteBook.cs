using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Customers.Accounts;

/// <summary>An account's places. One of them is where invoices are addressed to.</summary>
public static class SiteBook
{
    /// <summary>The sites of an account, or of all; the billing address first.</summary>
    public static async Task<IReadOnlyList<StoredSite>> LoadAsync(TenantDb db, AccountId? account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select site_id, account_id, name, address, is_billing, version from customers.site
            where {account?.Value}::bigint is null or account_id = {account?.Value}::bigint
            order by is_billing desc, name
            """, row => new StoredSite(row.Long(0), new AccountId(row.Long(1)), new Site(row.Text(2), row.Get<string[]>(3), row.Bool(4)), row.Int(5)), cancellationToken);
    }

    /// <summary>Adds a site. One that is to be the billing address takes that over from another.</summary>
    /// <returns>Its id; <c>records.taken</c> when the account has a site of that name.</returns>
    public static async Task<Result<long>> AddAsync(TenantDb db, AccountId account, Site site, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(site);
        if (site.Check() is [var wrong, ..]) return wrong;
        if (site.IsBilling) await YieldBillingAsync(db, account, 0, cancellationToken);
        var id = 0L;
        var refusal = await db.TryAsync(async () => id = await db.ScalarAsync<long>($"""
            insert into customers.site (account_id, name, address, is_billing) values ({account.Value}, {site.Name.Trim()}, {site.Address.ToArray()}, {site.IsBilling}) returning site_id
            """, cancellationToken), cancellationToken);
        return refusal is null ? id : Taken(site);
    }

    /// <summary>Changes a site of an account.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> ChangeAsync(TenantDb db, AccountId account, long id, int version, Site site, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(site);
        if (site.Check() is [var wrong, ..]) return wrong;
        if (site.IsBilling) await YieldBillingAsync(db, account, id, cancellationToken);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"""
            update customers.site set name = {site.Name.Trim()}, address = {site.Address.ToArray()}, is_billing = {site.IsBilling}, version = version + 1
            where site_id = {id} and account_id = {account.Value} and version = {version}
            """, cancellationToken), cancellationToken);
        if (refusal is not null) return Taken(site);
        return rows == 1 ? version + 1 : await StaleAsync(db, id, cancellationToken);
    }

    /// <summary>Removes a site that no service stands at.</summary>
    /// <returns>The version removed, or why not.</returns>
    public static async Task<Result<int>> RemoveAsync(TenantDb db, AccountId account, long id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync(
            $"delete from customers.site where site_id = {id} and account_id = {account.Value} and version = {version}", cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.in-use", "Services stand at this site. Move them to another one first.");
        return rows == 1 ? version : await StaleAsync(db, id, cancellationToken);
    }

    private static Task<int> YieldBillingAsync(TenantDb db, AccountId account, long but, CancellationToken cancellationToken) => db.ExecuteAsync(
        $"update customers.site set is_billing = false, version = version + 1 where account_id = {account.Value} and is_billing and site_id <> {but}", cancellationToken);

    private static Failure Taken(Site site) => new("records.taken", $"The account has a site called {site.Name.Trim()} already.") { Field = "siteName" };

    private static Task<Failure> StaleAsync(TenantDb db, long id, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "customers.site", "site_id", id, "This site", cancellationToken);
}
