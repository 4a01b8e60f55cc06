using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Rating.Allowances;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Allowances;

/// <summary>
/// Keeps what allowances and caps took off calls true. Nothing is counted up: for an account, the calls that no run has settled are drawn for again in
/// the order they started, on top of what settled ones drew. Done twice it is done once, and the order of files does not show.
/// </summary>
public static class AllowanceDraws
{
    private const int AccountsAtOnce = 200;

    // Before any call there can be.
    private static readonly DateTime Ever = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Draws again for every account that has allowances or caps.</summary>
    /// <returns>Those accounts.</returns>
    public static async Task<IReadOnlySet<AccountId>> RedrawAllAsync(TenantDb db, Tenant tenant, CancellationToken cancellationToken = default)
    {
        var holders = await HeldAllowances.HoldersAsync(db, cancellationToken);
        await RedrawAsync(db, tenant, holders.ToDictionary(account => account, _ => (DateTimeOffset?)null), cancellationToken);
        return holders;
    }

    /// <summary>Draws again for some accounts; nothing for those that have neither allowances nor caps.</summary>
    /// <returns>Those of them that have any.</returns>
    public static async Task<IReadOnlySet<AccountId>> RedrawAsync(TenantDb db, Tenant tenant, IReadOnlyCollection<AccountId> accounts, CancellationToken cancellationToken = default)
    {
        var holders = await HeldAllowances.HoldersAsync(db, accounts, cancellationToken);
        if (holders.Count > 0) await RedrawAsync(db, tenant, holders.ToDictionary(account => account, _ => (DateTimeOffset?)null), cancellationToken);
        return holders;
    }

    /// <summary>Draws again for one account; nothing, where it has neither allowances nor caps.</summary>
    public static Task RedrawAsync(TenantDb db, Tenant tenant, AccountId account, CancellationToken cancellationToken = default) => RedrawAsync(db, tenant, [account], cancellationToken);

    /// <summary>Draws for the accounts whose calls a file brought or replaced: once, in the transaction that stored it.</summary>
    /// <param name="db">The import's transaction; its calls are stored and counted.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="superseded">Whether it replaced calls of other files.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static async Task AfterImportAsync(TenantDb db, Tenant tenant, long fileId, bool superseded, CancellationToken cancellationToken)
    {
        if (await HeldAllowances.HoldersAsync(db, cancellationToken) is not { Count: > 0 } holders) return;
        var ids = holders.Select(account => account.Value).ToArray();
        var touched = await db.QueryAsync($"""
            select account_id, min(started_at) from (
                select c.account_id, c.started_at from usage.call c where c.file_id = {fileId} and c.state = 'open' and c.account_id = any({ids})
                union all
                select d.account_id, d.started_at from usage.draw d
                where {superseded} and d.account_id = any({ids}) and not d.is_settled
                  and not exists (select from usage.call c where c.tenant_id = d.tenant_id and c.file_id = d.file_id and c.line = d.line and c.state = 'open')) t
            group by account_id
            """, row => (Account: new AccountId(row.Long(0)), From: (DateTimeOffset?)row.Instant(1)), cancellationToken);
        await RedrawAsync(db, tenant, touched.ToDictionary(t => t.Account, t => t.From), cancellationToken);
    }

    /// <summary>Before calls are priced again: gives all that no run has settled its price back.</summary>
    /// <returns>Money that allowances and caps had taken off.</returns>
    internal static async Task<decimal> ReleaseAsync(TenantDb db, IReadOnlySet<AccountId> holders, CancellationToken cancellationToken)
    {
        if (holders.Count == 0) return 0;
        await HeldAllowances.LockAsync(db, [.. holders], cancellationToken);
        return await DrawRows.ReleaseAsync(db, [.. holders.Select(account => account.Value)], [.. holders.Select(_ => Ever)], onlyStale: false, cancellationToken);
    }

    /// <summary>After calls were priced again: draws for the accounts whose calls were.</summary>
    /// <returns>Money that allowances and caps take off more than before this.</returns>
    internal static async Task<decimal> RedrawAsync(TenantDb db, Tenant tenant, IReadOnlySet<AccountId> holders, IReadOnlyDictionary<AccountId, DateTimeOffset?> touched, CancellationToken cancellationToken)
    {
        if (touched.Count == 0) return 0;
        var ids = holders.Select(account => account.Value).ToArray();
        var before = await CoveredAsync();
        await RedrawAsync(db, tenant, touched, cancellationToken);
        return await CoveredAsync() - before;

        Task<decimal> CoveredAsync() => db.ScalarAsync<decimal>($"select coalesce(sum(amount), 0) from usage.draw where account_id = any({ids}) and not is_settled", cancellationToken);
    }

    /// <summary>Draws again for some accounts, for the calls from an instant on: what started earlier is not changed by what started later.</summary>
    /// <param name="db">The tenant; committed by the caller.</param>
    /// <param name="tenant">Its clock and coin.</param>
    /// <param name="from">The accounts, each with the start of the earliest call that came, went or changed; null for all its calls.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Calls whose draws are not what they were.</returns>
    public static async Task<int> RedrawAsync(TenantDb db, Tenant tenant, IReadOnlyDictionary<AccountId, DateTimeOffset?> from, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(from);
        var changed = 0;
        foreach (var some in from.OrderBy(account => account.Key.Value).Chunk(AccountsAtOnce))
        {
            await HeldAllowances.LockAsync(db, [.. some.Select(account => account.Key)], cancellationToken);
            changed += await RedrawSomeAsync(db, tenant, [.. some.Select(account => account.Key.Value)], [.. some.Select(account => account.Value?.UtcDateTime ?? Ever)], cancellationToken);
        }
        return changed;
    }

    private static async Task<int> RedrawSomeAsync(TenantDb db, Tenant tenant, long[] accounts, DateTime[] from, CancellationToken cancellationToken)
    {
        await DrawRows.ReleaseAsync(db, accounts, from, onlyStale: true, cancellationToken);
        var held = await HeldAllowances.LoadAsync(db, [.. accounts.Select(id => new AccountId(id))], cancellationToken);
        var stored = await DrawRows.LoadOpenAsync(db, accounts, from, cancellationToken);
        var calls = WithOriginals(await LoadCallsAsync(db, tenant, accounts, from, stored, cancellationToken));
        if (calls.Count == 0) return 0;

        var coin = Money.CoinOf(tenant.Currency);
        var opening = await OpeningAsync(db, accounts, from, calls.Min(call => call.Call.Day), coin, cancellationToken);
        var originals = await SettledOriginalsAsync(db, tenant, calls, cancellationToken);
        var questions = new TariffQuestions();
        var byKey = calls.ToDictionary(call => call.Call.Key);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changes = new List<(CallDraw, AccountId, DateTimeOffset, decimal)>();
            foreach (var group in calls.GroupBy(call => call.Account))
            {
                var state = new DrawState();
                foreach (var (account, service, pool, units) in opening)
                    if (account == group.Key) state.Add(pool, service, units);
                var mine = group.Select(call => originals.TryGetValue(call.Call.Key, out var original) ? call.Call with { ReversalOf = original.Call } : call.Call).ToList();
                foreach (var call in mine)
                    if (originals.TryGetValue(call.Key, out var original)) state.Remember(original);
                foreach (var draw in AllowanceDrawing.Draw(mine, held[group.Key].Grants, held[group.Key].SpendCaps, state, coin, call => questions.Ask(byKey[call.Key])))
                    if (byKey[draw.Call].Charge != draw.Charge || !stored[draw.Call].Select(s => s.Part).SequenceEqual(draw.Parts))
                        changes.Add((draw, group.Key, byKey[draw.Call].Call.StartedAt, byKey[draw.Call].Charge));
            }
            if (questions.AreOpen)
            {
                await questions.ReadAsync(db, cancellationToken);
                continue;
            }
            await DrawRows.ReplaceAsync(db, changes, cancellationToken);
            return changes.Count;
        }
    }

    private static async Task<List<OpenCall>> LoadCallsAsync(TenantDb db, Tenant tenant, long[] accounts, DateTime[] from, ILookup<DrawKey, DrawRows.Stored> stored, CancellationToken cancellationToken) => await db.QueryAsync($"""
        select c.account_id, c.file_id, c.line, c.record_key, c.started_at, c.service_id, s.site_id, c.kind, coalesce(c.destination, ''), coalesce(c.called, ''), c.seconds, coalesce(c.billable_seconds, 0),
               coalesce(c.quantity, 1), c.charge, coalesce(c.tariff_id, 0), coalesce(c.tariff_version, 0), c.charge_code, c.cost, c.cost_currency
        from unnest({accounts}, {from}) w(account_id, from_at) join usage.call c on c.account_id = w.account_id and c.started_at >= w.from_at
             join customers.service s using (tenant_id, service_id)
        where c.state = 'open'
        """,
        row =>
        {
            var (key, charge, startedAt, called) = (new DrawKey(row.Long(1), row.Long(2)), row.Decimal(13), row.Instant(4), row.Text(9));
            return new OpenCall(new AccountId(row.Long(0)), new DrawCall
            {
                Key = key,
                RecordKey = row.Maybe<Guid?>(3) ?? Guid.Empty,
                StartedAt = startedAt,
                Day = tenant.DayOf(startedAt),
                Account = row.Long(0),
                Service = row.Long(5),
                Site = row.Maybe<long?>(6),
                Kind = row.Text(7) switch { "voice" => CdrKind.Voice, "sms" => CdrKind.Sms, _ => CdrKind.Data },
                Destination = row.Text(8),
                IsUkWide = called.StartsWith("+443", StringComparison.Ordinal),
                Seconds = row.Int(10),
                BillableSeconds = row.Int(11),
                Quantity = row.Long(12),
                Price = charge + stored[key].Sum(s => s.Part.Amount),
            }, called, charge, (row.Long(14), row.Int(15)), row.MaybeText(16), row.Maybe<decimal?>(17), row.MaybeText(18) is { } currency ? Currency.Of(currency) : default);
        }, cancellationToken);

    // What was drawn by calls before those that are drawn for now: settled ones, whenever they started, and earlier ones.
    private static async Task<IReadOnlyList<(AccountId Account, long Service, PoolKey Pool, AllowanceUnits Units)>> OpeningAsync(
        TenantDb db, long[] accounts, DateTime[] from, DateOnly earliest, decimal coin, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync($"""
            select d.account_id, d.service_id, d.source, d.grant_id, d.allowance_id, d.pool, d.owner_id, lower(d.period), upper(d.period), d.is_settled,
                   sum(d.seconds), sum(d.messages), sum(d.bytes), sum(d.calls), sum(d.money)
            from unnest({accounts}, {from}) w(account_id, from_at) join usage.draw d on d.account_id = w.account_id
            where (d.is_settled or d.started_at < w.from_at) and upper(d.period) > {earliest}
            group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            """, row => (Account: new AccountId(row.Long(0)), Service: row.Long(1), Pool: DrawRows.PoolOf(row, 2), IsSettled: row.Bool(9),
                Units: new AllowanceUnits(row.Decimal(10), row.Decimal(11), row.Decimal(12), row.Decimal(13), row.Decimal(14))), cancellationToken);
        // What an invoice has billed under a cap, it has billed in whole coins.
        return [.. rows.Select(r => (r.Account, r.Service, r.Pool,
            r.IsSettled && r.Pool.Source == GrantSource.Cap ? r.Units with { Money = decimal.Ceiling(r.Units.Money / coin) * coin } : r.Units))];
    }

    // Rule R16: a credit that tells the same service, number, start and length is of that call; each call is taken back once.
    internal static List<OpenCall> WithOriginals(List<OpenCall> calls)
    {
        if (!calls.Any(call => call.Call.Price < 0)) return calls;
        var charged = calls.Where(call => call.Call.Price > 0).GroupBy(Likeness).ToDictionary(g => g.Key, g => new Queue<OpenCall>(g.OrderBy(call => call.Call.RecordKey)));
        return [.. calls.OrderBy(call => call.Call.RecordKey).Select(call => call.Call.Price < 0 && charged.TryGetValue(Likeness(call), out var like) && like.TryDequeue(out var original)
            ? call with { Call = call.Call with { ReversalOf = original.Call.Key } }
            : call)];
    }

    private static (long, string, DateTimeOffset, int, CdrKind) Likeness(OpenCall call) =>
        (call.Call.Service, call.Called, call.Call.StartedAt, Math.Abs(call.Call.Seconds), call.Call.Kind);

    // Credits of calls that an invoice has settled. No index leads there: they are looked for in the files that have calls of those days.
    private static async Task<IReadOnlyDictionary<DrawKey, CallDraw>> SettledOriginalsAsync(TenantDb db, Tenant tenant, List<OpenCall> calls, CancellationToken cancellationToken)
    {
        var found = new Dictionary<DrawKey, CallDraw>();
        var credits = calls.Where(call => call.Call is { Price: < 0, ReversalOf: null }).OrderBy(call => call.Call.RecordKey).ToList();
        if (credits.Count == 0) return found;
        var settled = await db.QueryAsync($"""
            select c.file_id, c.line, c.service_id, coalesce(c.called, ''), c.started_at, abs(c.seconds), c.kind, c.charge from usage.call c
            where c.file_id in (select file_id from usage.tally where day = any({credits.Select(call => tenant.DayOf(call.Call.StartedAt)).Distinct().ToArray()}))
              and c.account_id = any({credits.Select(call => call.Account.Value).Distinct().ToArray()}) and c.started_at = any({credits.Select(call => call.Call.StartedAt.UtcDateTime).Distinct().ToArray()})
              and c.state in ('billed', 'covered', 'zero-rated', 'excluded') and c.charge is not null and c.is_answered
            order by c.record_key
            """,
            row => (Key: new DrawKey(row.Long(0), row.Long(1)), Service: row.Long(2), Like: (row.Long(2), row.Text(3), row.Instant(4), row.Int(5), row.Text(6) switch { "voice" => CdrKind.Voice, "sms" => CdrKind.Sms, _ => CdrKind.Data }),
                Charge: row.Decimal(7)), cancellationToken);
        if (settled.Count == 0) return found;
        var parts = (await db.QueryAsync($"""
            select d.file_id, d.line, d.account_id, d.service_id, d.source, d.grant_id, d.allowance_id, d.pool, d.owner_id, lower(d.period), upper(d.period),
                   d.used, d.seconds, d.messages, d.bytes, d.calls, d.money, d.of_units, d.amount
            from unnest({settled.Select(s => s.Key.File).ToArray()}, {settled.Select(s => s.Key.Line).ToArray()}) u(file_id, line) join usage.draw d using (file_id, line)
            where d.is_settled order by d.file_id, d.line, d.part
            """, DrawRows.Read, cancellationToken)).ToLookup(s => s.Call, s => s.Part);
        var draws = settled.Select(s => (s.Like, Draw: new CallDraw(s.Key, s.Service, s.Charge + parts[s.Key].Sum(part => part.Amount), s.Charge, [.. parts[s.Key]]))).ToLookup(s => s.Like, s => s.Draw);
        foreach (var like in credits.GroupBy(Likeness))
        {
            // What an earlier credit took back is not there to be taken back again.
            var left = draws[like.Key].Where(draw => draw.Price > 0).Skip(draws[like.Key].Count(draw => draw.Price < 0));
            foreach (var (credit, original) in like.Zip(left)) found[credit.Call.Key] = original;
        }
        return found;
    }
}
