using Billing.Api.Webhooks;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Import;

namespace Billing.Usage.Arrivals;

/// <summary>Tells of each file that is late, once: a webhook hears of it in the transaction that notes it.</summary>
public sealed class ArrivalWatch(Database database, CdrFormatCatalog plugins, TimeProvider clock)
{
    /// <summary>Looks at every tenant.</summary>
    /// <returns>Late files that were told of now.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken = default)
    {
        var (directory, told) = (new TenantDirectory(database), 0);
        foreach (var tenant in await directory.ListAsync(cancellationToken)) told += await LookAsync(await directory.GetAsync(tenant.Id, cancellationToken), cancellationToken);
        return told;
    }

    private async Task<int> LookAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        var (now, told) = (clock.GetUtcNow(), 0);
        foreach (var calendar in await ArrivalBook.LoadAsync(db, tenant, plugins, now, cancellationToken))
            foreach (var slot in calendar.Late)
            {
                // The row that is made is the right to tell: another host that looks at the same time makes none.
                var isNew = await db.ExecuteAsync($"""
                    insert into usage.late_arrival (plan_id, slot, told_at) values ({calendar.Plan.Id}, {slot.Start.UtcDateTime}, {now.UtcDateTime}) on conflict (tenant_id, plan_id, slot) do nothing
                    """, cancellationToken) == 1;
                if (!isNew) continue;
                told++;
                var terms = calendar.Plan.Terms;
                await WebhookBook.RaiseAsync(db, EventKind.CdrFileLate, now, new { PlanId = calendar.Plan.Id, terms.Carrier, terms.Label, Every = terms.Every.ToString().ToLowerInvariant(), slot.Start, slot.DueAt }, cancellationToken);
            }
        await db.CommitAsync(cancellationToken);
        return told;
    }
}
