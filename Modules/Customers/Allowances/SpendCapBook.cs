using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Rating.Allowances;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Records;

namespace Billing.Customers.Allowances;

/// <summary>Spend caps as customers set, change and remove them, and what they agreed to pay beyond.</summary>
public static class SpendCapBook
{
    /// <summary>Those of some accounts, by their first day; all accounts' where <paramref name="accounts"/> is null.</summary>
    public static async Task<IReadOnlyList<StoredSpendCap>> LoadAsync(TenantDb db, IReadOnlyCollection<AccountId>? accounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = accounts?.Select(account => account.Value).ToArray();
        var caps = await db.QueryAsync($"""
            select cap_id, account_id, service_id, name, amount, kinds, destinations, except_destinations, anchor_day, lower(valid), upper(valid), version from customers.spend_cap
            where {ids}::bigint[] is null or account_id = any({ids}::bigint[]) order by lower(valid), cap_id
            """,
            row => (Id: row.Long(0), Cap: new AccountSpendCap(new AccountId(row.Long(1)), row.Maybe<long?>(2) is { } service ? new ServiceId(service) : null, row.Text(3), row.Decimal(4),
                new Coverage([.. row.Get<string[]>(5).Select(AllowanceWords.KindOf)], row.Get<string[]>(6), row.Get<string[]>(7)), row.Int(8), new DateInterval(row.Date(9), row.Maybe<DateOnly?>(10))),
                Version: row.Int(11)), cancellationToken);
        if (caps.Count == 0) return [];
        var consents = (await db.QueryAsync($"""
            select cap_id, lower(days), upper(days), given_by, given_how, noted_at from customers.spend_cap_consent where cap_id = any({caps.Select(cap => cap.Id).ToArray()}) order by consent_id
            """, row => (Cap: row.Long(0), Consent: new SpendCapConsent(new DateInterval(row.Date(1), row.Date(2)), row.Text(3), row.Text(4), row.Instant(5))), cancellationToken)).ToLookup(c => c.Cap, c => c.Consent);
        return [.. caps.Select(cap => new StoredSpendCap(cap.Id, cap.Cap, [.. consents[cap.Id]], cap.Version))];
    }

    /// <summary>Everything that is wrong with a cap by itself.</summary>
    public static IReadOnlyList<Failure> Check(AccountSpendCap cap)
    {
        ArgumentNullException.ThrowIfNull(cap);
        return AllowanceBook.Check(new FieldChecks()
            .Text("name", "The name", cap.Name, 200, isRequired: true)
            .Amount("limit", "The limit", cap.Limit)
            .That(cap.Limit >= 0, "records.bad-amount", "limit", "The limit is less than nothing. Zero bills no such usage at all.")
            .That(cap.AnchorDay is >= 1 and <= 31, "records.bad-date", "anchorDay", "The day a period begins on is 1 to 31.")
            .That(!cap.Valid.IsEmpty, "records.bad-dates", "to", "It ends before its first day is over."), cap.Covers).Failures;
    }

    /// <summary>Sets a cap.</summary>
    /// <returns>Its id, or the first thing that is wrong.</returns>
    public static async Task<Result<long>> SetAsync(TenantDb db, AccountSpendCap cap, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Check(cap) is [var wrong, ..]) return wrong;
        if (!await db.ScalarAsync<bool>($"select exists (select from customers.account where account_id = {cap.Account.Value})", cancellationToken))
            return new Failure("records.no-account", "There is no such account.") { Field = "account" };
        if (cap.Service is { } service && !await db.ScalarAsync<bool>($"select exists (select from customers.service where service_id = {service.Value} and account_id = {cap.Account.Value})", cancellationToken))
            return new Failure("records.no-service", "The account has no such service.") { Field = "service" };
        return await db.ScalarAsync<long>($"""
            insert into customers.spend_cap (account_id, service_id, name, amount, kinds, destinations, except_destinations, anchor_day, valid)
            values ({cap.Account.Value}, {cap.Service?.Value}, {cap.Name.Trim()}, {cap.Limit}, {cap.Covers.Kinds.Select(AllowanceWords.Of).ToArray()}, {cap.Covers.Destinations.ToArray()}, {cap.Covers.Except.ToArray()},
                    {cap.AnchorDay}, daterange({cap.Valid.From}, {cap.Valid.To}))
            returning cap_id
            """, cancellationToken);
    }

    /// <summary>Ends a cap. Another limit is another cap from the day after.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> EndAsync(TenantDb db, AccountId account, long id, int version, DateOnly lastDay, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var from = await db.FindAsync<DateOnly?>($"select lower(valid) from customers.spend_cap where cap_id = {id} and account_id = {account.Value}", row => row.Date(0), cancellationToken);
        if (lastDay < from)
            return new Failure("records.bad-dates", string.Create(CultureInfo.InvariantCulture, $"It began on {from:d MMM yyyy}; its last day can't be before that.")) { Field = "lastDay" };
        var rows = await db.ExecuteAsync($"""
            update customers.spend_cap set valid = daterange(lower(valid), {lastDay.AddDays(1)}), version = version + 1 where cap_id = {id} and account_id = {account.Value} and version = {version}
            """, cancellationToken);
        return rows == 1 ? version + 1 : await LastChange.RefuseAsync(db, "customers.spend_cap", "cap_id", id, "This cap", cancellationToken);
    }

    /// <summary>Notes the customer's express consent to pay more than a cap on some days. It can't be taken back for what was billed under it.</summary>
    /// <returns>Null when it is noted, or what is wrong.</returns>
    public static async Task<Failure?> ConsentAsync(TenantDb db, AccountId account, long id, SpendCapConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(consent);
        if (new FieldChecks().Text("givenBy", "Who agreed", consent.GivenBy, 200, isRequired: true).Text("givenHow", "How they agreed", consent.GivenHow, 200, isRequired: true)
            .That(consent.Days is { To: not null, IsEmpty: false }, "records.bad-dates", "through", "Say up to which day they agreed.").Failures is [var wrong, ..]) return wrong;
        var rows = await db.ExecuteAsync($"""
            insert into customers.spend_cap_consent (cap_id, days, given_by, given_how, noted_at)
            select cap_id, daterange({consent.Days.From}, {consent.Days.To}), {consent.GivenBy.Trim()}, {consent.GivenHow.Trim()}, {consent.NotedAt.UtcDateTime}
            from customers.spend_cap where cap_id = {id} and account_id = {account.Value}
            """, cancellationToken);
        return rows == 1 ? null : new Failure("records.no-cap", "The account has no such cap.");
    }
}
