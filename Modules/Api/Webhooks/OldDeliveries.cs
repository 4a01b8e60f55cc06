using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Api.Webhooks;

/// <summary>
/// Removes deliveries of webhooks that are over and old, and events that no delivery is left of. What is still to be sent stays, however old. A batch is a transaction: killed in between,
/// it goes on the next time.
/// </summary>
public sealed class OldDeliveries(Database database, TimeProvider clock)
{
    /// <summary>A delivery is kept this long after its event and its last attempt.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const int ABatch = 500;

    /// <summary>Looks at every tenant.</summary>
    /// <param name="batch">Rows a transaction.</param>
    /// <param name="cancellationToken">Stops the work between two batches.</param>
    /// <returns>Deliveries and events removed.</returns>
    public async Task<(int Deliveries, int Events)> RemoveAsync(int batch = ABatch, CancellationToken cancellationToken = default)
    {
        var (deliveries, events, before) = (0, 0, (clock.GetUtcNow() - KeptFor).UtcDateTime);
        foreach (var tenant in await new TenantDirectory(database).ListAsync(cancellationToken))
        {
            deliveries += await database.InBatchesAsync(tenant.Id, batch, db => db.ExecuteAsync($"""
                delete from api.delivery where delivery_id in (
                    select d.delivery_id from api.delivery d join api.event e using (tenant_id, event_id)
                    where d.next_at is null and greatest(e.happened_at, d.tried_at) < {before} order by d.delivery_id limit {batch} for update of d skip locked)
                """, cancellationToken), cancellationToken);
            events += await database.InBatchesAsync(tenant.Id, batch, db => db.ExecuteAsync($"""
                delete from api.event where event_id in (
                    select e.event_id from api.event e
                    where e.happened_at < {before} and not exists (select from api.delivery d where d.tenant_id = e.tenant_id and d.event_id = e.event_id) order by e.event_id limit {batch})
                """, cancellationToken), cancellationToken);
        }
        return (deliveries, events);
    }
}
