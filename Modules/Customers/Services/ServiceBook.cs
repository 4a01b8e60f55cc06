using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Customers.Services;

/// <summary>Services as people keep them.</summary>
public static class ServiceBook
{
    /// <summary>The services of an account, or of all, by label.</summary>
    public static async Task<IReadOnlyList<StoredService>> LoadAsync(TenantDb db, AccountId? account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select s.service_id, s.account_id, s.label, s.site_id, s.tariff_id, p.name, s.version
            from customers.service s left join customers.site p on p.tenant_id = s.tenant_id and p.site_id = s.site_id
            where {account?.Value}::bigint is null or s.account_id = {account?.Value}::bigint
            order by s.label
            """,
            row => new StoredService(new ServiceId(row.Long(0)), new AccountId(row.Long(1)), new ServiceDetails(row.Text(2), row.Maybe<long?>(3), row.Maybe<long?>(4)), row.MaybeText(5), row.Int(6)),
            cancellationToken);
    }

    /// <summary>Adds a service.</summary>
    /// <returns>Its id; <c>records.taken</c> when the account has a service of that name.</returns>
    public static async Task<Result<ServiceId>> AddAsync(TenantDb db, AccountId account, ServiceDetails details, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(details);
        if (details.Check() is [var wrong, ..]) return wrong;
        if (await WhatIsForeignAsync(db, account, details, cancellationToken) is { } foreign) return foreign;
        var id = 0L;
        var refusal = await db.TryAsync(async () => id = await db.ScalarAsync<long>($"""
            insert into customers.service (account_id, label, site_id, tariff_id) values ({account.Value}, {details.Label.Trim()}, {details.SiteId}, {details.TariffId}) returning service_id
            """, cancellationToken), cancellationToken);
        return refusal is null ? new ServiceId(id) : Refuse(refusal, details);
    }

    /// <summary>Renames a service, moves it to another site of its account, or gives it another tariff.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> ChangeAsync(TenantDb db, AccountId account, ServiceId id, int version, ServiceDetails details, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(details);
        if (details.Check() is [var wrong, ..]) return wrong;
        if (await WhatIsForeignAsync(db, account, details, cancellationToken) is { } foreign) return foreign;
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"""
            update customers.service set label = {details.Label.Trim()}, site_id = {details.SiteId}, tariff_id = {details.TariffId}, version = version + 1
            where service_id = {id.Value} and account_id = {account.Value} and version = {version}
            """, cancellationToken), cancellationToken);
        if (refusal is not null) return Refuse(refusal, details);
        return rows == 1 ? version + 1 : await StaleAsync(db, id, cancellationToken);
    }

    /// <summary>Removes a service that never had a number or a charge.</summary>
    /// <returns>The version removed, or why not.</returns>
    public static async Task<Result<int>> RemoveAsync(TenantDb db, AccountId account, ServiceId id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync(
            $"delete from customers.service where service_id = {id.Value} and account_id = {account.Value} and version = {version}", cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.in-use", "The service has or had numbers or charges, and bills name it. End those; the service itself stays.");
        return rows == 1 ? version : await StaleAsync(db, id, cancellationToken);
    }

    // A site of another account of the same tenant exists, so no foreign key would object.
    private static async Task<Failure?> WhatIsForeignAsync(TenantDb db, AccountId account, ServiceDetails details, CancellationToken cancellationToken) =>
        details.SiteId is { } site && !await db.ScalarAsync<bool>($"select exists (select from customers.site where site_id = {site} and account_id = {account.Value})", cancellationToken)
            ? new Failure("records.no-site", "The account has no such site.") { Field = "siteId" }
            : null;

    private static Failure Refuse(Refusal refusal, ServiceDetails details) => refusal.Kind == RefusalKind.Taken
        ? new Failure("records.taken", $"The account has a service called {details.Label.Trim()} already.") { Field = "label" }
        : new Failure("records.no-tariff", "There is no such account, site or tariff.") { Field = "tariffId" };

    private static Task<Failure> StaleAsync(TenantDb db, ServiceId id, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "customers.service", "service_id", id.Value, "This service", cancellationToken);
}
