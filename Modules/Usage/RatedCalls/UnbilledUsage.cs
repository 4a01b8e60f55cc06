using Billing.Customers.Accounts;
using Billing.Tenancy.Data;

namespace Billing.Usage.RatedCalls;

/// <summary>Priced calls that no invoice has claimed.</summary>
public static class UnbilledUsage
{
    /// <summary>An account's calls that started before an instant, in order of start.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="account">Whose.</param>
    /// <param name="before">The cutoff as an instant, not included (midnight after the cutoff date).</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<BillableCall>> LoadAsync(TenantDb db, AccountId account, DateTimeOffset before, CancellationToken cancellationToken = default) =>
        [.. (await LoadAsync(db, [account], before, cancellationToken))[account]];

    /// <summary>The same of several accounts, in one question: one an account is what a big run would spend most of its time on.</summary>
    public static async Task<ILookup<AccountId, BillableCall>> LoadAsync(TenantDb db, IReadOnlyCollection<AccountId> accounts, DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(accounts);
        var ids = accounts.Select(account => account.Value).ToArray();
        var rows = await db.QueryAsync($"""
            select c.file_id, c.line, c.started_at, coalesce(c.caller, ''), coalesce(c.called, ''), s.label, coalesce(c.destination, ''), c.band, c.seconds, c.charge,
                   d.covered, d.units, d.over_cap, coalesce(c.kind, 'voice'), c.account_id
            from usage.call c join customers.service s using (tenant_id, service_id)
                 left join (select tenant_id, file_id, line, sum(amount) filter (where source <> 'cap') covered, sum(seconds + messages + bytes) filter (where source <> 'cap') units,
                                   sum(amount) filter (where source = 'cap') over_cap
                            from usage.draw where account_id = any({ids}) and not is_settled and started_at < {before.UtcDateTime} group by tenant_id, file_id, line) d using (tenant_id, file_id, line)
            where c.state = 'open' and c.account_id = any({ids}) and c.started_at < {before.UtcDateTime}
            order by c.account_id, c.started_at, c.file_id, c.line
            """,
            row => (Account: new AccountId(row.Long(14)), Call: new BillableCall(row.Long(0), row.Long(1), row.Instant(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.MaybeText(7), row.Int(8),
                row.Decimal(9), row.Maybe<decimal?>(10) ?? 0, row.IsNull(11) ? null : (long)row.Decimal(11), row.Maybe<decimal?>(12) ?? 0, row.Text(13))),
            cancellationToken);
        return rows.ToLookup(row => row.Account, row => row.Call);
    }

    /// <summary>How many calls wait, by account; those without one are left out.</summary>
    public static async Task<IReadOnlyDictionary<AccountId, long>> CountAsync(TenantDb db, DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"select account_id, count(*) from usage.call where state = 'open' and started_at < {before.UtcDateTime} group by account_id",
            row => (Account: new AccountId(row.Long(0)), Calls: row.Long(1)), cancellationToken);
        return rows.ToDictionary(one => one.Account, one => one.Calls);
    }

    /// <summary>
    /// Claims the calls that <see cref="LoadAsync(TenantDb, AccountId, DateTimeOffset, CancellationToken)"/> gave, each account's for its invoice; free ones end as zero-rated, those an
    /// allowance covers as covered, what is over a spend cap as excluded, the others as billed.
    /// </summary>
    /// <param name="db">The tenant.</param>
    /// <param name="invoices">The invoice of each account.</param>
    /// <param name="before">The cutoff as an instant, not included.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Calls claimed, by account; none where there were none.</returns>
    public static async Task<IReadOnlyDictionary<AccountId, long>> ClaimAsync(TenantDb db, IReadOnlyDictionary<AccountId, long> invoices, DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(invoices);
        return await SettleAsync(db, [.. invoices.Keys.Select(account => account.Value)], [.. invoices.Values.Select(invoice => (long?)invoice)], before, cancellationToken);
    }

    /// <summary>Ends the free calls of accounts that get no invoice as zero-rated.</summary>
    public static Task SettleFreeAsync(TenantDb db, IReadOnlyCollection<AccountId> accounts, DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(accounts);
        return SettleAsync(db, [.. accounts.Select(account => account.Value)], new long?[accounts.Count], before, cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<AccountId, long>> SettleAsync(TenantDb db, long[] accounts, long?[] invoices, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // Why a call costs nothing is asked only of those that do.
        var settled = await db.QueryAsync($"""
            with settled as (
                update usage.call c set invoice_id = b.invoice_id,
                    state = case when charge <> 0 then 'billed' else coalesce(
                        (select case when bool_or(d.source = 'cap' and d.amount > 0) then 'excluded' when bool_or(d.source <> 'cap') then 'covered' end
                         from usage.draw d where d.tenant_id = c.tenant_id and d.file_id = c.file_id and d.line = c.line), 'zero-rated') end,
                    excluded_by = case when charge = 0 and exists (select from usage.draw d where d.tenant_id = c.tenant_id and d.file_id = c.file_id and d.line = c.line and d.source = 'cap' and d.amount > 0)
                                       then 'system' end,
                    excluded_why = case when charge = 0 and exists (select from usage.draw d where d.tenant_id = c.tenant_id and d.file_id = c.file_id and d.line = c.line and d.source = 'cap' and d.amount > 0)
                                        then 'Over the customer''s spend cap' end
                from unnest({accounts}, {invoices}::bigint[]) as b(account_id, invoice_id)
                where c.state = 'open' and c.account_id = b.account_id and c.started_at < {before.UtcDateTime} and (c.charge = 0 or b.invoice_id is not null)
                returning c.account_id)
            select account_id, count(*) from settled group by account_id
            """, row => (Account: new AccountId(row.Long(0)), Calls: row.Long(1)), cancellationToken);
        await db.ExecuteAsync($"""
            update usage.draw d set is_settled = true
            where d.account_id = any({accounts}) and d.started_at < {before.UtcDateTime} and not d.is_settled
              and not exists (select from usage.call c where c.tenant_id = d.tenant_id and c.file_id = d.file_id and c.line = d.line and c.state = 'open')
            """, cancellationToken);
        return settled.ToDictionary(one => one.Account, one => one.Calls);
    }

    /// <summary>
    /// What waits although it started before an instant, by account: calls too cheap to make a coin together are carried forward and come out here as
    /// zero; anything else has been left out of a run.
    /// </summary>
    /// <param name="db">The tenant.</param>
    /// <param name="before">A run's cutoff as an instant.</param>
    /// <param name="decimals">Decimals of the currency's smallest coin.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyDictionary<AccountId, decimal>> WaitingAsync(TenantDb db, DateTimeOffset before, int decimals, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"""
            select account_id, sum(charge) from (
                select account_id, service_id, round(sum(charge), {decimals}) charge from usage.call
                where state = 'open' and started_at < {before.UtcDateTime} group by account_id, service_id) s
            group by account_id
            """, row => (Account: new AccountId(row.Long(0)), Charge: row.Decimal(1)), cancellationToken);
        return rows.ToDictionary(r => r.Account, r => r.Charge);
    }
}
