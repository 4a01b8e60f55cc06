using Billing.Tenancy.Data;

namespace Billing.Tenancy.Audit;

/// <summary>Which rows of an audited table were made or changed since an instant: the trail knows, so no table carries a time of its own for it.</summary>
public static class ChangedSince
{
    /// <summary>The keys; null for all rows when no instant is given.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="subject">The table with its schema, <c>customers.account</c>.</param>
    /// <param name="keyColumn">The column of its key besides the tenant.</param>
    /// <param name="since">At this instant or later; null for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<long[]?> KeysAsync(TenantDb db, string subject, string keyColumn, DateTimeOffset? since, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (since is not { } from) return null;
        return [.. await db.QueryAsync($"""
            select distinct (subject_key->>{keyColumn})::bigint from tenancy.audit
            where tenant_id = tenancy.current_tenant() and subject = {subject} and noted_at >= {from.UtcDateTime}
            """, row => row.Long(0), cancellationToken)];
    }
}
