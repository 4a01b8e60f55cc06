using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Customers.Accounts;

/// <summary>Accounts as people keep them: opened, changed, closed, opened again. Whoever writes names the version they read.</summary>
public static class AccountBook
{
    private const string Table = "customers.account";

    /// <summary>An account by its number; null when there is none.</summary>
    public static async Task<StoredAccount?> FindAsync(TenantDb db, string number, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select a.account_id, a.number, a.name, a.tariff_id, a.tax_treatment, a.vat_number, a.payment_method, a.delivery, a.is_itemised, a.invoice_message,
                   a.payment_days, a.started_on, a.ended_on, coalesce(s.address, array[]::text[]), a.version
            from customers.account a left join customers.site s on s.tenant_id = a.tenant_id and s.account_id = a.account_id and s.is_billing
            where a.number = {number}
            """, Read, cancellationToken);
    }

    /// <summary>An account by its id; null when there is none.</summary>
    public static async Task<StoredAccount?> FindAsync(TenantDb db, AccountId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select a.account_id, a.number, a.name, a.tariff_id, a.tax_treatment, a.vat_number, a.payment_method, a.delivery, a.is_itemised, a.invoice_message,
                   a.payment_days, a.started_on, a.ended_on, coalesce(s.address, array[]::text[]), a.version
            from customers.account a left join customers.site s on s.tenant_id = a.tenant_id and s.account_id = a.account_id and s.is_billing
            where a.account_id = {id.Value}
            """, Read, cancellationToken);
    }

    /// <summary>All accounts with their versions, by number.</summary>
    public static async Task<IReadOnlyDictionary<string, StoredAccount>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var all = await db.QueryAsync($"""
            select a.account_id, a.number, a.name, a.tariff_id, a.tax_treatment, a.vat_number, a.payment_method, a.delivery, a.is_itemised, a.invoice_message,
                   a.payment_days, a.started_on, a.ended_on, coalesce(s.address, array[]::text[]), a.version
            from customers.account a left join customers.site s on s.tenant_id = a.tenant_id and s.account_id = a.account_id and s.is_billing
            """, Read, cancellationToken);
        return all.ToDictionary(a => a.Account.Number, StringComparer.Ordinal);
    }

    /// <summary>A piece of the list, walked in the order of numbers.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="only">Of these accounts only; null for all.</param>
    /// <param name="after">Number of the last one before the piece; null for the beginning.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static Task<List<StoredAccount>> WalkAsync(TenantDb db, long[]? only, string? after, int limit, CancellationToken cancellationToken) => db.QueryAsync($"""
        select a.account_id, a.number, a.name, a.tariff_id, a.tax_treatment, a.vat_number, a.payment_method, a.delivery, a.is_itemised, a.invoice_message,
               a.payment_days, a.started_on, a.ended_on, coalesce(s.address, array[]::text[]), a.version
        from customers.account a left join customers.site s on s.tenant_id = a.tenant_id and s.account_id = a.account_id and s.is_billing
        where ({only}::bigint[] is null or a.account_id = any ({only}::bigint[])) and ({after}::text is null or a.number collate "C" > {after}::text collate "C")
        order by a.number collate "C" limit {limit}
        """, Read, cancellationToken);

    /// <summary>Opens an account with its sites and contacts.</summary>
    /// <returns>Its id; <c>records.taken</c> when the number is in use, or the first thing that is wrong with it or its parts.</returns>
    public static async Task<Result<AccountId>> OpenAsync(TenantDb db, NewAccount account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(account);
        if (account.Check() is [var wrong, ..]) return wrong;
        AccountId id = default;
        var refusal = await db.TryAsync(async () => id = await AccountList.AddAsync(db, account, cancellationToken), cancellationToken);
        return refusal is null ? id : Refuse(refusal, account.Number);
    }

    /// <summary>Changes what a person can change.</summary>
    /// <returns>The new version; <c>records.changed-meanwhile</c> with who was quicker, <c>records.taken</c>, or the first wrong field.</returns>
    public static async Task<Result<int>> ChangeAsync(TenantDb db, AccountId id, int version, AccountDetails details, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(details);
        if (details.Check() is [var wrong, ..]) return wrong;
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"""
            update customers.account set number = {details.Number}, name = {details.Name}, tariff_id = {details.TariffId}, tax_treatment = {details.TaxTreatment},
                vat_number = {Blank(details.VatNumber)}, payment_method = {details.PaymentMethod}, delivery = {details.Delivery}, is_itemised = {details.IsItemised},
                invoice_message = {Blank(details.InvoiceMessage)}, payment_days = {details.PaymentDays}, started_on = {details.StartedOn}, version = version + 1
            where account_id = {id.Value} and version = {version}
            """, cancellationToken), cancellationToken);
        if (refusal is not null) return Refuse(refusal, details.Number);
        return rows == 1 ? version + 1 : await StaleAsync(db, id, cancellationToken);
    }

    /// <summary>
    /// Closes an account: it, its numbers and its recurring charges end with a day. A charge that is billed for days beyond ends where its bills do.
    /// </summary>
    /// <param name="db">The tenant.</param>
    /// <param name="id">Which account.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="lastDay">Last day as a customer, included.</param>
    /// <param name="history">What is on invoices.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<Result<ClosedAccount>> CloseAsync(
        TenantDb db, AccountId id, int version, DateOnly lastDay, IChargeHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(history);
        var end = lastDay.AddDays(1);
        var startedOn = await db.FindAsync($"select started_on from customers.account where account_id = {id.Value} and version = {version} for update", row => (DateOnly?)row.Date(0), cancellationToken);
        if (startedOn is null) return await StaleAsync(db, id, cancellationToken);
        if (end <= startedOn) return Wrong($"The account began on {startedOn:yyyy-MM-dd}; its last day can't be before that.");

        var later = await db.ScalarAsync<long>($"""
            select (select count(*) from customers.assignment a join customers.service s using (tenant_id, service_id) where s.account_id = {id.Value} and lower(a.valid) >= {end})
                 + (select count(*) from customers.subscription where account_id = {id.Value} and lower(valid) >= {end})
            """, cancellationToken);
        if (later > 0) return Wrong($"{later} of its numbers or recurring charges begin after {lastDay:yyyy-MM-dd}. Remove them or choose a later day.");

        var numbers = await db.ExecuteAsync($"""
            update customers.assignment a set valid = daterange(lower(a.valid), {end}), version = a.version + 1
            from customers.service s where s.tenant_id = a.tenant_id and s.service_id = a.service_id and s.account_id = {id.Value} and (upper(a.valid) is null or upper(a.valid) > {end})
            """, cancellationToken);
        var beyond = new List<(SubscriptionId, string, DateOnly)>();
        var open = await db.QueryAsync(
            $"select subscription_id, description from customers.subscription where account_id = {id.Value} and (upper(valid) is null or upper(valid) > {end}) for update",
            row => (Id: new SubscriptionId(row.Long(0)), Description: row.Text(1)), cancellationToken);
        foreach (var charge in open)
        {
            var billedTo = await history.BilledToAsync(db, charge.Id, cancellationToken);
            var to = billedTo > end ? billedTo.Value : end;
            if (to > end) beyond.Add((charge.Id, charge.Description, to));
            await db.ExecuteAsync($"""
                update customers.subscription set valid = daterange(lower(valid), least({to}, upper(valid))), version = version + 1 where subscription_id = {charge.Id.Value}
                """, cancellationToken);
        }
        await db.ExecuteAsync($"update customers.account set ended_on = {end}, version = version + 1 where account_id = {id.Value}", cancellationToken);
        return new ClosedAccount(numbers, open.Count, beyond);

        static Failure Wrong(string message) => new("records.bad-dates", message) { Field = "lastDay" };
    }

    /// <summary>Opens a closed account again. Its numbers and charges stay ended: they may be somebody else's by now.</summary>
    /// <returns>The new version.</returns>
    public static async Task<Result<int>> ReopenAsync(TenantDb db, AccountId id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.ExecuteAsync($"update customers.account set ended_on = null, version = version + 1 where account_id = {id.Value} and version = {version}", cancellationToken);
        return rows == 1 ? version + 1 : await StaleAsync(db, id, cancellationToken);
    }

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Task<Failure> StaleAsync(TenantDb db, AccountId id, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, Table, "account_id", id.Value, "This account", cancellationToken);

    private static Failure Refuse(Refusal refusal, string number) => refusal switch
    {
        { Kind: RefusalKind.Taken, Table: Table } => new Failure("records.taken", $"The account number {number} is in use. Account numbers are unique: choose another.") { Field = "number" },
        { Kind: RefusalKind.Referred } => new Failure("records.no-tariff", "There is no such tariff.") { Field = "tariffId" },
        { Kind: RefusalKind.Check, Table: Table } => new Failure("records.bad-dates", "The account can't end before it began.") { Field = "startedOn" },
        { Table: "customers.site" } => new Failure("records.taken", "Two sites have one name, or both are the billing address.") { Field = "sites" },
        _ => new Failure("records.refused", $"The rule {refusal.Constraint} refused it.") { Field = "contacts" },
    };

    private static StoredAccount Read(Row row) => new(
        new Account(new AccountId(row.Long(0)), row.Text(1), row.Text(2), row.Maybe<long?>(3), row.Text(4), row.MaybeText(5), row.Text(6), row.Text(7), row.Bool(8),
            row.MaybeText(9), row.Int(10), row.Date(11), row.Maybe<DateOnly?>(12), row.Get<string[]>(13)),
        row.Int(14));
}
