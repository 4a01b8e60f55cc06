using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Register;

/// <summary>A reconciliation file beside what is billed of the same carrier and days.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Period">The days that are compared: those the file says, or else those of its calls.</param>
/// <param name="Ours">Our calls on these days: priced, free or in error.</param>
/// <param name="Theirs">Calls in the file on these days.</param>
/// <param name="Same">Calls that agree in everything.</param>
/// <param name="Differences">Where they do not, by day and number.</param>
/// <param name="IsCut">True where there are more differences than are looked at; those listed are the earliest.</param>
public sealed record Reconciliation(long FileId, DateInterval Period, long Ours, long Theirs, long Same, IReadOnlyList<ComparedCalls> Differences, bool IsCut)
{
    /// <summary>More calls than this that differ are not a difference but two different things.</summary>
    private const int Most = 200_000;

    /// <summary>Two parties' clocks and roundings: a call is the same within so many seconds of start and length (rule C2).</summary>
    private const int Tolerance = 2;

    /// <summary>Compares. By the record's key first, then by the numbers, the start and the length.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="fileId">A reconciliation file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns><c>reconciliation.not-found</c>, <c>reconciliation.other-kind</c> or <c>reconciliation.no-days</c> where there is nothing to compare.</returns>
    public static async Task<Result<Reconciliation>> OfAsync(TenantDb db, Tenant tenant, long fileId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        var file = await db.FindAsync($"""
            select f.carrier, f.kind, coalesce(lower(f.period), min((c.started_at at time zone t.time_zone)::date)), coalesce(upper(f.period), max((c.started_at at time zone t.time_zone)::date) + 1)
            from usage.cdr_file f join tenancy.tenant t using (tenant_id) left join usage.call c on c.tenant_id = f.tenant_id and c.file_id = f.file_id
            where f.file_id = {fileId} group by f.tenant_id, f.file_id, t.time_zone
            """, row => (Carrier: row.Text(0), Kind: row.Text(1), From: row.Maybe<DateOnly?>(2), To: row.Maybe<DateOnly?>(3)), cancellationToken);
        if (file.Carrier is null) return new Failure("reconciliation.not-found", $"There is no CDR file {fileId}.");
        if (file.Kind != "reconciliation") return new Failure("reconciliation.other-kind", $"File {fileId} is billed, not compared. Say that it is a reconciliation file before it is imported.");
        if (file is not { From: { } first, To: { } end }) return new Failure("reconciliation.no-days", $"No line of file {fileId} has a time, so there is nothing to compare it with.");
        var (from, to) = (tenant.StartOf(first).UtcDateTime, tenant.StartOf(end).UtcDateTime);

        await db.ExecuteAsync($"drop table if exists theirs, ours", cancellationToken);
        await db.ExecuteAsync($"""
            create temporary table theirs on commit drop as
            select compared_key as key, row_number() over (partition by compared_key order by line) as copy, started_at, direction, caller, called, coalesce(seconds, 0) as seconds, coalesce(cost, 0) as cost
            from usage.call where file_id = {fileId} and compared_key is not null and started_at >= {from} and started_at < {to}
            """, cancellationToken);
        await db.ExecuteAsync($"""
            create temporary table ours on commit drop as
            select record_key as key, 1::bigint as copy, started_at, direction, caller, called, coalesce(seconds, 0) as seconds, coalesce(cost, 0) as cost
            from usage.call where carrier = {file.Carrier} and record_key is not null and state in ('open', 'error', 'billed', 'zero-rated') and started_at >= {from} and started_at < {to}
            """, cancellationToken);
        await db.ExecuteAsync($"analyze theirs, ours", cancellationToken);
        var counts = await db.FindAsync($"""
            select (select count(*) from ours), (select count(*) from theirs),
                   (select count(*) from theirs t join ours o using (key, copy) where t.seconds = o.seconds and t.cost = o.cost)
            """, row => (Ours: row.Long(0), Theirs: row.Long(1), Same: row.Long(2)), cancellationToken);
        var calls = await db.QueryAsync($"""
            select o.started_at, o.direction, o.caller, o.called, o.seconds, o.cost, t.started_at, t.direction, t.caller, t.called, t.seconds, t.cost
            from theirs t full join ours o using (key, copy)
            where t.seconds is null or o.seconds is null or t.seconds <> o.seconds or t.cost <> o.cost
            order by coalesce(o.started_at, t.started_at) limit {Most + 1}
            """, row => (Ours: Read(row, 0), Theirs: Read(row, 6)), cancellationToken);
        await db.ExecuteAsync($"drop table theirs, ours", cancellationToken);

        var isCut = calls.Count > Most;
        var (pairs, near) = Pair(isCut ? calls[..Most] : calls);
        var differences = pairs.GroupBy(pair => (Day: tenant.DayOf((pair.Ours ?? pair.Theirs)!.StartedAt), (pair.Ours ?? pair.Theirs)!.Number))
            .OrderBy(group => group.Key.Day).ThenBy(group => group.Key.Number, StringComparer.Ordinal)
            .Select(group => new ComparedCalls(group.Key.Number, group.Key.Day, group.Count(p => p.Theirs is null), group.Count(p => p.Ours is null), group.Count(p => p is { Ours: not null, Theirs: not null }),
                group.Sum(p => (long)(p.Theirs?.Seconds ?? 0) - (p.Ours?.Seconds ?? 0)), group.Sum(p => (p.Theirs?.Cost ?? 0) - (p.Ours?.Cost ?? 0)))).ToList();
        return new Reconciliation(fileId, new DateInterval(first, end), counts.Ours, counts.Theirs, counts.Same + near, differences, isCut);
    }

    // Calls without a partner find one that is near, the nearest in time first. Those that agree then are no difference any more.
    private static (List<(Call? Ours, Call? Theirs)> Pairs, int Near) Pair(List<(Call? Ours, Call? Theirs)> calls)
    {
        var ours = calls.Where(c => c.Theirs is null).Select(c => c.Ours!).GroupBy(c => (c.Caller, c.Called)).ToDictionary(g => g.Key, g => g.OrderBy(c => c.StartedAt).ToList());
        var pairs = calls.Where(c => c is { Ours: not null, Theirs: not null }).ToList();
        var near = 0;
        foreach (var theirs in calls.Where(c => c.Ours is null).Select(c => c.Theirs!))
        {
            var candidates = ours.GetValueOrDefault((theirs.Caller, theirs.Called)) ?? [];
            var match = candidates.Where(o => Math.Abs((o.StartedAt - theirs.StartedAt).TotalSeconds) <= Tolerance && Math.Abs(o.Seconds - theirs.Seconds) <= Tolerance)
                .OrderBy(o => (o.StartedAt - theirs.StartedAt).Duration()).ThenBy(o => Math.Abs(o.Seconds - theirs.Seconds)).FirstOrDefault();
            if (match is not null) candidates.Remove(match);
            if (match is not null && match.Cost == theirs.Cost) near++;
            else pairs.Add((match, theirs));
        }
        pairs.AddRange(ours.Values.SelectMany(rest => rest).Select(rest => ((Call?)rest, (Call?)null)));
        return (pairs, near);
    }

    private static Call? Read(Row row, int at) => row.IsNull(at)
        ? null
        : new Call(row.Instant(at), row.MaybeText(at + 1) == "in", row.MaybeText(at + 2) ?? "", row.MaybeText(at + 3) ?? "", row.Int(at + 4), row.Decimal(at + 5));

    private sealed record Call(DateTimeOffset StartedAt, bool IsIncoming, string Caller, string Called, int Seconds, decimal Cost)
    {
        public string Number => IsIncoming ? Called : Caller;
    }
}
