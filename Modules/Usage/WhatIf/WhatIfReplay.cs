using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Rating.Allowances;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Allowances;
using Billing.Usage.Matching;

namespace Billing.Usage.WhatIf;

/// <summary>
/// Replays stored calls, billed or not, through tariffs as they are published and as they would be. Who pays for a call is what is stored; which tariff prices it is asked
/// as things are now, on both sides alike. Nothing is written. Calls are read as a stream.
/// </summary>
public static class WhatIfReplay
{
    private const int Step = 5_000;

    /// <summary>Replays the months of a plan.</summary>
    /// <param name="db">The tenant; best a transaction that only looks (<see cref="Database.BeginReadingAsync"/>), for a month may take minutes.</param>
    /// <param name="tenant">Clock and currency.</param>
    /// <param name="plan">Which months, and what would be different.</param>
    /// <param name="progress">Told now and then how many calls are done, and of how many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What it comes to; <c>what-if.gone</c> where a tariff of the plan is not there any more.</returns>
    public static async Task<Result<WhatIfOutcome>> RunAsync(TenantDb db, Tenant tenant, WhatIfPlan plan, Func<long, long, Task>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(plan);
        if (!(await ReplayedTariffs.LoadAsync(db, plan, cancellationToken)).TryGet(out var tariffs, out var gone)) return gone;
        var (from, to) = (tenant.StartOf(plan.From), tenant.StartOf(plan.To));
        var holders = await HeldAllowances.HoldersAsync(db, cancellationToken);
        var counter = new WhatIfCounter(tenant, plan, tariffs, await HeldAllowances.LoadAsync(db, [.. holders], cancellationToken), await OpeningAsync(db, tenant, plan, from, cancellationToken));
        // No index leads to calls by their start: they are in the files that have calls of those days.
        var files = await db.QueryAsync($"select distinct file_id from usage.tally where day >= {plan.From} and day < {plan.To} order by file_id", row => row.Long(0), cancellationToken);
        var expected = await db.ScalarAsync<long>($"""
            select coalesce(sum(calls), 0)::bigint from usage.tally where day >= {plan.From} and day < {plan.To} and state in ('open', 'billed', 'covered', 'zero-rated', 'error')
            """, cancellationToken);
        var (ids, fileIds) = (holders.Select(account => account.Value).ToArray(), files.ToArray());
        var leftOut = await db.QueryAsync($"""
            select error_code, count(*) from usage.call
            where file_id = any({fileIds}) and started_at >= {from.UtcDateTime} and started_at < {to.UtcDateTime} and state = 'error' and (error_code not like 'rating.%' or service_id is null)
            group by 1 order by 2 desc, 1
            """, row => new WhatIfLeftOut(row.Text(0), row.Long(1)), cancellationToken);

        var done = 0L;
        if (progress is not null) await progress(0, expected);
        foreach (var calls in (IAsyncEnumerable<ReplayedCall>[])[CallsAsync(db, fileIds, from, to, ids, cancellationToken), CallsInOrderAsync(db, fileIds, from, to, ids, cancellationToken)])
            await foreach (var call in calls.WithCancellation(cancellationToken))
            {
                counter.Add(call);
                if (++done % Step != 0) continue;
                cancellationToken.ThrowIfCancellationRequested();
                if (progress is not null) await progress(done, Math.Max(done, expected));
            }
        return counter.Finish(leftOut);
    }

    // Calls that a spend cap kept from being billed are excluded by the system, and usage all the same.
    private static IAsyncEnumerable<ReplayedCall> CallsAsync(TenantDb db, long[] files, DateTimeOffset from, DateTimeOffset to, long[] holders, CancellationToken cancellationToken) => db.StreamAsync($"""
        select c.file_id, c.line, c.record_key, c.service_id, c.started_at, c.direction, c.caller, c.called, c.circuit, c.seconds, c.charge_code, c.cost, c.cost_currency, c.kind, c.quantity, c.charge
        from usage.call c
        where c.file_id = any({files}) and c.started_at >= {from.UtcDateTime} and c.started_at < {to.UtcDateTime} and c.is_answered and c.service_id is not null and not (c.account_id = any({holders}))
          and (c.state in ('open', 'billed', 'covered', 'zero-rated') or (c.state = 'error' and c.error_code like 'rating.%'))
        """, Read, cancellationToken);

    private static IAsyncEnumerable<ReplayedCall> CallsInOrderAsync(TenantDb db, long[] files, DateTimeOffset from, DateTimeOffset to, long[] holders, CancellationToken cancellationToken) => db.StreamAsync($"""
        select c.file_id, c.line, c.record_key, c.service_id, c.started_at, c.direction, c.caller, c.called, c.circuit, c.seconds, c.charge_code, c.cost, c.cost_currency, c.kind, c.quantity, c.charge
        from usage.call c
        where c.file_id = any({files}) and c.started_at >= {from.UtcDateTime} and c.started_at < {to.UtcDateTime} and c.is_answered and c.service_id is not null and c.account_id = any({holders})
          and (c.state in ('open', 'billed', 'covered', 'zero-rated') or (c.state = 'error' and c.error_code like 'rating.%')
               or (c.state = 'excluded' and c.excluded_by = 'system' and exists (select from usage.draw d where d.tenant_id = c.tenant_id and d.file_id = c.file_id and d.line = c.line and d.source = 'cap')))
        order by c.account_id, c.started_at
        """, Read, cancellationToken);

    private static ReplayedCall Read(Row row) => new(row.Long(0), row.Long(1), row.Maybe<Guid?>(2) ?? Guid.Empty, row.Long(3),
        new CallFacts(row.Instant(4), row.Text(5) == "out" ? CallDirection.Out : CallDirection.In, row.MaybeText(6), row.MaybeText(7), row.MaybeText(8), row.Int(9), row.MaybeText(10), row.Maybe<decimal?>(11),
            row.MaybeText(12) is { } currency ? Currency.Of(currency) : default)
        {
            Kind = AllowanceWords.KindOf(row.MaybeText(13) ?? "voice"),
            Quantity = row.Maybe<long?>(14) ?? 0,
        }, row.Maybe<decimal?>(15));

    // What was drawn by calls before the months, of pools whose period reaches into them: the same on both sides.
    private static async Task<ILookup<long, WhatIfCounter.OpeningDraw>> OpeningAsync(TenantDb db, Tenant tenant, WhatIfPlan plan, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var coin = Money.CoinOf(tenant.Currency);
        return (await db.QueryAsync($"""
            select d.account_id, d.service_id, d.source, d.grant_id, d.allowance_id, d.pool, d.owner_id, lower(d.period), upper(d.period), d.is_settled,
                   sum(d.seconds), sum(d.messages), sum(d.bytes), sum(d.calls), sum(d.money)
            from usage.draw d where d.started_at < {from.UtcDateTime} and upper(d.period) > {plan.From} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            """,
            row =>
            {
                var (pool, money) = (DrawRows.PoolOf(row, 2), row.Decimal(14));
                // What an invoice has billed under a cap, it has billed in whole coins.
                if (row.Bool(9) && pool.Source == GrantSource.Cap) money = decimal.Ceiling(money / coin) * coin;
                return (Account: row.Long(0), Draw: new WhatIfCounter.OpeningDraw(row.Long(1), pool, new AllowanceUnits(row.Decimal(10), row.Decimal(11), row.Decimal(12), row.Decimal(13), money)));
            }, cancellationToken)).ToLookup(d => d.Account, d => d.Draw);
    }
}
