using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Rating.Allowances;
using Billing.Tenancy.Data;

namespace Billing.Usage.Allowances;

/// <summary>Draws as rows: read, and written where they are not what they were.</summary>
internal static class DrawRows
{
    /// <summary>One stored part, with the call it is of.</summary>
    internal sealed record Stored(DrawKey Call, AccountId Account, long Service, DrawPart Part);

    public static string TextOf(GrantSource source) => source switch { GrantSource.Given => "given", GrantSource.Product => "product", _ => "cap" };

    public static GrantSource SourceOf(string text) => text switch { "given" => GrantSource.Given, "product" => GrantSource.Product, _ => GrantSource.Cap };

    /// <summary>Reads eight columns from one on: source, grant, allowance, pool, owner, first day, day after the last.</summary>
    public static PoolKey PoolOf(Row row, int at) =>
        new(SourceOf(row.Text(at)), row.Long(at + 1), row.Long(at + 2), AllowanceWords.PoolOf(row.Text(at + 3))!.Value, row.Long(at + 4), row.Date(at + 5), row.Date(at + 6));

    /// <summary>Draws of calls that no run has settled, from an instant on for each account.</summary>
    public static async Task<ILookup<DrawKey, Stored>> LoadOpenAsync(TenantDb db, long[] accounts, DateTime[] from, CancellationToken cancellationToken) => (await db.QueryAsync($"""
        select d.file_id, d.line, d.account_id, d.service_id, d.source, d.grant_id, d.allowance_id, d.pool, d.owner_id, lower(d.period), upper(d.period),
               d.used, d.seconds, d.messages, d.bytes, d.calls, d.money, d.of_units, d.amount
        from unnest({accounts}, {from}) w(account_id, from_at) join usage.draw d on d.account_id = w.account_id and d.started_at >= w.from_at
        where not d.is_settled order by d.file_id, d.line, d.part
        """, Read, cancellationToken)).ToLookup(stored => stored.Call);

    public static Stored Read(Row row)
    {
        var used = row.Get<decimal[]>(11);
        return new Stored(new DrawKey(row.Long(0), row.Long(1)), new AccountId(row.Long(2)), row.Long(3), new DrawPart(PoolOf(row, 4), new AllowanceUnits(used[0], used[1], used[2], used[3], used[4]),
            new AllowanceUnits(row.Long(12), row.Long(13), row.Long(14), row.Long(15), row.Decimal(16)), row.Long(17), row.Decimal(18)));
    }

    /// <summary>Puts the parts of some calls in the place of those they had, and what is charged with them.</summary>
    public static async Task ReplaceAsync(TenantDb db, IReadOnlyList<(CallDraw Draw, AccountId Account, DateTimeOffset StartedAt, decimal ChargeBefore)> draws, CancellationToken cancellationToken)
    {
        if (draws.Count == 0) return;
        await db.ExecuteAsync($"""
            delete from usage.draw d using unnest({draws.Select(d => d.Draw.Call.File).ToArray()}, {draws.Select(d => d.Draw.Call.Line).ToArray()}) u(file_id, line)
            where d.file_id = u.file_id and d.line = u.line
            """, cancellationToken);
        var rows = draws.SelectMany(d => d.Draw.Parts.Select((part, i) => (d.Draw.Call, Part: i + 1, d.Account, d.Draw.Service, d.StartedAt, Drawn: part))).ToList();
        if (rows.Count > 0)
            await db.ExecuteAsync($"""
                insert into usage.draw (file_id, line, part, account_id, service_id, started_at, source, grant_id, allowance_id, pool, owner_id, period, used,
                                        seconds, messages, bytes, calls, money, of_units, amount)
                select file_id, line, part, account_id, service_id, started_at, source, grant_id, allowance_id, pool, owner_id, daterange(from_on, to_on),
                       array[used_seconds, used_messages, used_bytes, used_calls, used_money], seconds, messages, bytes, calls, money, of_units, amount
                from unnest({rows.Select(r => r.Call.File).ToArray()}, {rows.Select(r => r.Call.Line).ToArray()}, {rows.Select(r => r.Part).ToArray()}, {rows.Select(r => r.Account.Value).ToArray()},
                            {rows.Select(r => r.Service).ToArray()}, {rows.Select(r => r.StartedAt.UtcDateTime).ToArray()}, {rows.Select(r => TextOf(r.Drawn.Pool.Source)).ToArray()},
                            {rows.Select(r => r.Drawn.Pool.Grant).ToArray()}, {rows.Select(r => r.Drawn.Pool.Allowance).ToArray()}, {rows.Select(r => AllowanceWords.Of(r.Drawn.Pool.Pool)).ToArray()},
                            {rows.Select(r => r.Drawn.Pool.Owner).ToArray()}, {rows.Select(r => r.Drawn.Pool.From).ToArray()}, {rows.Select(r => r.Drawn.Pool.To).ToArray()},
                            {rows.Select(r => r.Drawn.Used.Seconds).ToArray()}, {rows.Select(r => r.Drawn.Used.Messages).ToArray()}, {rows.Select(r => r.Drawn.Used.Bytes).ToArray()},
                            {rows.Select(r => r.Drawn.Used.Calls).ToArray()}, {rows.Select(r => r.Drawn.Used.Money).ToArray()},
                            {rows.Select(r => (long)r.Drawn.Units.Seconds).ToArray()}, {rows.Select(r => (long)r.Drawn.Units.Messages).ToArray()}, {rows.Select(r => (long)r.Drawn.Units.Bytes).ToArray()},
                            {rows.Select(r => (long)r.Drawn.Units.Calls).ToArray()}, {rows.Select(r => r.Drawn.Units.Money).ToArray()}, {rows.Select(r => (long)r.Drawn.Of).ToArray()},
                            {rows.Select(r => r.Drawn.Amount).ToArray()})
                     u(file_id, line, part, account_id, service_id, started_at, source, grant_id, allowance_id, pool, owner_id, from_on, to_on,
                       used_seconds, used_messages, used_bytes, used_calls, used_money, seconds, messages, bytes, calls, money, of_units, amount)
                """, cancellationToken);
        var recharged = draws.Where(d => d.Draw.Charge != d.ChargeBefore).ToList();
        if (recharged.Count > 0)
            await db.ExecuteAsync($"""
                update usage.call c set charge = u.charge
                from unnest({recharged.Select(d => d.Draw.Call.File).ToArray()}, {recharged.Select(d => d.Draw.Call.Line).ToArray()}, {recharged.Select(d => d.Draw.Charge).ToArray()}) u(file_id, line, charge)
                where c.file_id = u.file_id and c.line = u.line and c.state = 'open'
                """, cancellationToken);
    }

    /// <summary>Gives calls their price back and forgets what they drew: of accounts from an instant on, all calls or only those that can't be billed any more.</summary>
    /// <returns>Money that was covered and is charged again.</returns>
    public static Task<decimal> ReleaseAsync(TenantDb db, long[] accounts, DateTime[] from, bool onlyStale, CancellationToken cancellationToken) => db.ScalarAsync<decimal>($"""
        with gone as (
            delete from usage.draw d using unnest({accounts}, {from}) w(account_id, from_at)
            where d.account_id = w.account_id and d.started_at >= w.from_at and not d.is_settled
              and not ({onlyStale} and exists (select from usage.call c where c.tenant_id = d.tenant_id and c.file_id = d.file_id and c.line = d.line and c.state = 'open' and c.account_id = d.account_id))
            returning d.file_id, d.line, d.amount),
        total as (select file_id, line, sum(amount) amount from gone group by file_id, line),
        priced as (
            update usage.call c set charge = c.charge + t.amount from total t
            where c.file_id = t.file_id and c.line = t.line and t.amount <> 0 and c.charge is not null returning t.amount)
        select coalesce((select sum(amount) from priced), 0)
        """, cancellationToken);
}
