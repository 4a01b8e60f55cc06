using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Tenancy.Data;

namespace Billing.Customers.Services;

/// <summary>A tenant's services, and the numbers and circuits assigned to them.</summary>
public static class ServiceList
{
    /// <summary>Adds a service to an account.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="account">Whose.</param>
    /// <param name="label">What the customer calls it, unique within the account.</param>
    /// <param name="siteName">One of the account's sites, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<ServiceId> AddAsync(TenantDb db, AccountId account, string label, string? siteName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new ServiceId(await db.ScalarAsync<long>($"""
            insert into customers.service (account_id, label, site_id)
            values ({account.Value}, {label}, (select site_id from customers.site where account_id = {account.Value} and name = {siteName}))
            returning service_id
            """, cancellationToken));
    }

    /// <summary>A service by its account's number and its label; null when there is none.</summary>
    public static Task<ServiceId?> FindAsync(TenantDb db, string accountNumber, string label, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync<ServiceId?>($"""
            select s.service_id from customers.service s join customers.account a using (tenant_id, account_id) where a.number = {accountNumber} and s.label = {label}
            """, row => new ServiceId(row.Long(0)), cancellationToken);
    }

    /// <summary>Assigns numbers from <paramref name="first"/> to <paramref name="last"/>, both included; the same one twice for a single number.</summary>
    /// <exception cref="Exception">Another service holds one of them on one of the days (the database refuses).</exception>
    public static Task AssignNumbersAsync(TenantDb db, ServiceId service, E164Number first, E164Number last, DateInterval valid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"""
            insert into customers.assignment (service_id, numbers, valid)
            values ({service.Value}, int8range({(long)first.Digits}, {(long)last.Digits}, '[]'), daterange({valid.From}, {valid.To}))
            """, cancellationToken);
    }

    /// <summary>Assigns a trunk, circuit or other name the carrier bills by.</summary>
    /// <exception cref="Exception">Another service holds it on one of the days (the database refuses).</exception>
    public static Task AssignCircuitAsync(TenantDb db, ServiceId service, string circuit, DateInterval valid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"""
            insert into customers.assignment (service_id, circuit, valid) values ({service.Value}, {circuit}, daterange({valid.From}, {valid.To}))
            """, cancellationToken);
    }

    /// <summary>Every assignment there is or was, for matching.</summary>
    public static async Task<IReadOnlyList<Assignment>> LoadAssignmentsAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var owners = (await db.QueryAsync(
            $"select s.service_id, s.account_id, s.label, coalesce(s.tariff_id, a.tariff_id) from customers.service s join customers.account a using (tenant_id, account_id)",
            row => new ServiceOwner(new ServiceId(row.Long(0)), new AccountId(row.Long(1)), row.Text(2), row.Maybe<long?>(3)),
            cancellationToken)).ToDictionary(o => o.Service.Value);
        return await db.QueryAsync($"""
            select service_id, circuit, coalesce(lower(numbers), 0), coalesce(upper(numbers) - 1, 0), lower(valid), upper(valid)
            from customers.assignment order by assignment_id
            """,
            row => new Assignment(row.MaybeText(1), (ulong)row.Long(2), (ulong)row.Long(3), new DateInterval(row.Date(4), row.Maybe<DateOnly?>(5)), owners[row.Long(0)]),
            cancellationToken);
    }
}
