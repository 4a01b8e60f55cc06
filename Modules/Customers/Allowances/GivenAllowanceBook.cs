using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Records;

namespace Billing.Customers.Allowances;

/// <summary>Allowances given to accounts and services. What they draw is computed again by whoever changes them: see Usage.</summary>
public static class GivenAllowanceBook
{
    /// <summary>Those of some accounts, by their first day; all accounts' where <paramref name="accounts"/> is null.</summary>
    public static async Task<IReadOnlyList<StoredGivenAllowance>> LoadAsync(TenantDb db, IReadOnlyCollection<AccountId>? accounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = accounts?.Select(account => account.Value).ToArray();
        return await db.QueryAsync($"""
            select given_id, account_id, service_id, allowance_id, quantity, anchor_day, lower(valid), upper(valid), version from customers.given_allowance
            where {ids}::bigint[] is null or account_id = any({ids}::bigint[]) order by lower(valid), given_id
            """,
            row => new StoredGivenAllowance(row.Long(0), new GivenAllowance(new AccountId(row.Long(1)), row.Maybe<long?>(2) is { } service ? new ServiceId(service) : null, new AllowanceId(row.Long(3)),
                row.Decimal(4), row.Int(5), new DateInterval(row.Date(6), row.Maybe<DateOnly?>(7))), row.Int(8)), cancellationToken);
    }

    /// <summary>Everything that is wrong by itself.</summary>
    public static IReadOnlyList<Failure> Check(GivenAllowance given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return new FieldChecks()
            .That(given.Quantity > 0 && given.Quantity < 1_000_000m && decimal.Round(given.Quantity, 3, MidpointRounding.AwayFromZero) == given.Quantity, "records.bad-quantity", "quantity", "The quantity must be more than zero, with at most three decimals, and under a million.")
            .That(given.AnchorDay is >= 1 and <= 31, "records.bad-date", "anchorDay", "The day a period begins on is 1 to 31.")
            .That(!given.Valid.IsEmpty, "records.bad-dates", "to", "It ends before its first day is over.")
            .Failures;
    }

    /// <summary>Gives an allowance.</summary>
    /// <returns>Its id, or the first thing that is wrong.</returns>
    public static async Task<Result<long>> GiveAsync(TenantDb db, GivenAllowance given, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Check(given) is [var wrong, ..]) return wrong;
        if (!await db.ScalarAsync<bool>($"select exists (select from customers.account where account_id = {given.Account.Value})", cancellationToken))
            return new Failure("records.no-account", "There is no such account.") { Field = "account" };
        if (given.Service is { } service && !await db.ScalarAsync<bool>($"select exists (select from customers.service where service_id = {service.Value} and account_id = {given.Account.Value})", cancellationToken))
            return new Failure("records.no-service", "The account has no such service.") { Field = "service" };
        if (!await db.ScalarAsync<bool>($"select exists (select from catalog.allowance where allowance_id = {given.Allowance.Value} and retired_on is null)", cancellationToken))
            return new Failure("allowance.not-found", "There is no such allowance on the price list.") { Field = "allowance" };
        return await db.ScalarAsync<long>($"""
            insert into customers.given_allowance (account_id, service_id, allowance_id, quantity, anchor_day, valid)
            values ({given.Account.Value}, {given.Service?.Value}, {given.Allowance.Value}, {given.Quantity}, {given.AnchorDay}, daterange({given.Valid.From}, {given.Valid.To}))
            returning given_id
            """, cancellationToken);
    }

    /// <summary>Ends a given allowance, or moves its end. What invoices drew from it stays drawn.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> EndAsync(TenantDb db, AccountId account, long id, int version, DateOnly lastDay, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var from = await db.FindAsync<DateOnly?>($"select lower(valid) from customers.given_allowance where given_id = {id} and account_id = {account.Value}", row => row.Date(0), cancellationToken);
        if (lastDay < from)
            return new Failure("records.bad-dates", string.Create(CultureInfo.InvariantCulture, $"It began on {from:d MMM yyyy}; its last day can't be before that.")) { Field = "lastDay" };
        var rows = await db.ExecuteAsync($"""
            update customers.given_allowance set valid = daterange(lower(valid), {lastDay.AddDays(1)}), version = version + 1
            where given_id = {id} and account_id = {account.Value} and version = {version}
            """, cancellationToken);
        return rows == 1 ? version + 1 : await LastChange.RefuseAsync(db, "customers.given_allowance", "given_id", id, "This allowance", cancellationToken);
    }
}
