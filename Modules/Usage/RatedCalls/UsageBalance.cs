using Billing.Tenancy.Data;

namespace Billing.Usage.RatedCalls;

/// <summary>Lines in = lines out, file by file.</summary>
public static class UsageBalance
{
    /// <summary>Every file of the tenant, in the order of import.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="cutoff">Priced calls from this instant on are held; null holds none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<IReadOnlyList<FileBalance>> LoadAsync(TenantDb db, DateTimeOffset? cutoff, CancellationToken cancellationToken = default) =>
        LoadAsync(db, cutoff, 0, null, null, cancellationToken);

    /// <summary>Some of them, in the same order.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="after">Only files with a greater number.</param>
    /// <param name="since">Only files imported at this instant or later; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<IReadOnlyList<FileBalance>> WalkAsync(TenantDb db, long after, DateTimeOffset? since, int most, CancellationToken cancellationToken = default) =>
        LoadAsync(db, null, after, since, most, cancellationToken);

    private static async Task<IReadOnlyList<FileBalance>> LoadAsync(TenantDb db, DateTimeOffset? cutoff, long after, DateTimeOffset? since, int? most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = cutoff?.UtcDateTime ?? DateTime.SpecifyKind(new DateTime(9999, 1, 1), DateTimeKind.Utc);
        return await db.QueryAsync($"""
            select f.file_id, f.name, f.carrier, f.format, f.kind, f.lines, f.lines_skipped,
                   coalesce(sum(c.lines) filter (where c.state = 'billed'), 0), 0::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'zero-rated'), 0),
                   coalesce(sum(c.lines) filter (where c.state = 'excluded'), 0),
                   coalesce(sum(c.lines) filter (where c.state = 'duplicate'), 0),
                   coalesce(sum(c.lines) filter (where c.state = 'error'), 0),
                   coalesce(sum(c.lines) filter (where c.state = 'open' and c.started_at >= {before}), 0),
                   coalesce(sum(c.lines) filter (where c.state = 'open' and c.started_at < {before}), 0)
            from (select * from usage.cdr_file where file_id > {after} and ({since?.UtcDateTime}::timestamptz is null or imported_at >= {since?.UtcDateTime}::timestamptz) order by file_id limit {most}::int) f
                 left join usage.call c using (tenant_id, file_id)
            group by f.tenant_id, f.file_id, f.name, f.carrier, f.format, f.kind, f.lines, f.lines_skipped
            order by f.file_id
            """,
            row => new FileBalance(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Long(5), row.Long(6),
                row.Long(7), row.Long(8), row.Long(9), row.Long(10), row.Long(11), row.Long(12), row.Long(13), row.Long(14)),
            cancellationToken);
    }
}
