using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.RatedCalls;

/// <summary>Writes down which lines became errors, so that what is mended later still counts for the day it arose on.</summary>
internal static class ErrorArrivals
{
    /// <summary>The errors a file came with; once, in the transaction that stored it.</summary>
    public static Task<int> TakeInAsync(TenantDb db, Tenant tenant, long fileId, CancellationToken cancellationToken) => db.ExecuteAsync($"""
        insert into usage.error_arisen (file_id, day, error_code, calls, lines)
        select c.file_id, (coalesce(c.started_at, f.imported_at) at time zone {tenant.TimeZone.Id})::date, c.error_code, count(*), sum(c.lines)
        from usage.call c join usage.cdr_file f using (tenant_id, file_id) where c.file_id = {fileId} and c.state = 'error' group by 1, 2, 3
        """, cancellationToken);

    /// <summary>Calls that had a price until they were priced again.</summary>
    public static async Task AddAsync(TenantDb db, IReadOnlyCollection<ArisenError> arisen, CancellationToken cancellationToken)
    {
        if (arisen.Count == 0) return;
        var groups = arisen.CountBy(one => one).ToList();
        await db.ExecuteAsync($"""
            insert into usage.error_arisen (file_id, day, error_code, calls, lines)
            select * from unnest({groups.Select(g => g.Key.FileId).ToArray()}::bigint[], {groups.Select(g => g.Key.Day).ToArray()}::date[], {groups.Select(g => g.Key.Code).ToArray()}::text[],
                {groups.Select(g => (long)g.Value).ToArray()}::bigint[], {groups.Select(g => (long)g.Value).ToArray()}::bigint[])
            """, cancellationToken);
    }
}
