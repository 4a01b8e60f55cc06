using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.RatedCalls;

/// <summary>
/// Keeps the partitions of big files few: every question about calls passes by all of them. Old ones with nothing left to do are given to the partition that files share, and
/// what files that were taken out leave behind is dropped. Each step is a transaction; it gives way when somebody is in the middle of a long question, and is tried again next time.
/// </summary>
public sealed class CallParts(Database database, TimeProvider clock)
{
    // Half of what usage.open_part bears.
    private const int Many = 60;
    private const int SettledForDays = 60;

    /// <summary>Looks at every tenant.</summary>
    /// <param name="many">So many may stay in the installation.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>Partitions that are gone.</returns>
    public async Task<int> KeepAsync(int many = Many, CancellationToken cancellationToken = default)
    {
        var gone = 0;
        foreach (var tenant in await new TenantDirectory(database).ListAsync(cancellationToken))
        {
            gone += await DropEmptyAsync(tenant.Id, cancellationToken);
            foreach (var part in await SettledAsync(tenant.Id, many, cancellationToken)) gone += await FoldAsync(tenant.Id, part, cancellationToken);
        }
        return gone;
    }

    // 0 when it has to wait, or a carrier used an id twice so that they can't lie together.
    private Task<int> FoldAsync(TenantId tenant, int part, CancellationToken cancellationToken) =>
        StepAsync(tenant, async db =>
        {
            await db.ExecuteAsync($"select usage.fold_part({part})", cancellationToken);
            return 1;
        }, cancellationToken);

    private Task<int> DropEmptyAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StepAsync(tenant, db => db.ScalarAsync<int>($"select usage.drop_empty_parts()", cancellationToken), cancellationToken);

    private async Task<int> StepAsync(TenantId tenant, Func<TenantDb, Task<int>> step, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant, cancellationToken);
        // Everybody who asks for calls after it waits behind a lock that is waited for.
        await db.ExecuteAsync($"set local lock_timeout = '1s'", cancellationToken);
        var gone = 0;
        if (await db.TryAsync(async () => gone = await step(db), cancellationToken) is not null) return 0;
        await db.CommitAsync(cancellationToken);
        return gone;
    }

    private async Task<IReadOnlyList<int>> SettledAsync(TenantId tenant, int many, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant, cancellationToken);
        return await db.QueryAsync($"""
            select p.part from usage.call_part p
            where (select count(*) from pg_inherits where inhparent = 'usage.call'::regclass) > {many} + 1 and upper(p.started) < {clock.GetUtcNow().AddDays(-SettledForDays).UtcDateTime}
              and not exists (select from usage.tally t where t.file_id = p.file_id and t.state in ('open', 'error') group by t.state having sum(t.calls) <> 0)
            order by p.part
            limit (select greatest(0, count(*) - {many} - 1) from pg_inherits where inhparent = 'usage.call'::regclass)
            """, row => row.Int(0), cancellationToken);
    }
}
