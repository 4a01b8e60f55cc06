using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Tenancy.Users;

/// <summary>
/// Removes sign-ins that are over, and links that were used or have run out. A person's latest sign-in stays, for it says when they were here last; that somebody came in, from where, and how
/// it ended, the audit trail has.
/// </summary>
public sealed class PastSignIns(Database database, TimeProvider clock)
{
    private const int ABatch = 500;

    /// <summary>Looks at every tenant.</summary>
    /// <param name="batch">Rows a transaction.</param>
    /// <param name="cancellationToken">Stops the work between two batches.</param>
    /// <returns>Sign-ins and links removed.</returns>
    public async Task<(int Sessions, int Links)> RemoveAsync(int batch = ABatch, CancellationToken cancellationToken = default)
    {
        var (sessions, links, now) = (0, 0, clock.GetUtcNow().UtcDateTime);
        var idle = now - Sessions.IdleLimit;
        // The operator's people sign in at the installation itself.
        foreach (var tenant in (await new TenantDirectory(database).ListAsync(cancellationToken)).Select(tenant => tenant.Id).Prepend(TenantId.Installation))
        {
            sessions += await database.InBatchesAsync(tenant, batch, db => db.ExecuteAsync($"""
                delete from tenancy.session where session_id in (
                    select s.session_id from tenancy.session s
                    where (s.ended_at is not null or s.expires_at <= {now} or s.last_seen_at <= {idle})
                      and not (s.stage = 'open' and s.session_id = (select l.session_id from tenancy.session l
                          where l.tenant_id = s.tenant_id and l.person_id = s.person_id and l.stage = 'open' order by l.created_at desc, l.session_id desc limit 1))
                    order by s.session_id limit {batch} for update skip locked)
                """, cancellationToken), cancellationToken);
            links += await database.InBatchesAsync(tenant, batch, db => db.ExecuteAsync($"""
                delete from tenancy.one_time_link where link_id in (
                    select link_id from tenancy.one_time_link where used_at is not null or expires_at <= {now} order by link_id limit {batch} for update skip locked)
                """, cancellationToken), cancellationToken);
        }
        return (sessions, links);
    }
}
