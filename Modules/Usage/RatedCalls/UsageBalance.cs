using Billing.Tenancy.Data;

namespace Billing.Usage.RatedCalls;

/// <summary>Lines in = lines out, file by file.</summary>
public static class UsageBalance
{
    /// <summary>Every file of the tenant, in the order of import.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="cutoffOn">Priced calls that started after this day of the tenant's clock are held; null holds none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<IReadOnlyList<FileBalance>> LoadAsync(TenantDb db, DateOnly? cutoffOn, CancellationToken cancellationToken = default) =>
        LoadAsync(db, cutoffOn, 0, null, null, cancellationToken);

    /// <summary>One of them, with nothing held; null when there is no such file.</summary>
    public static async Task<FileBalance?> FindAsync(TenantDb db, long fileId, CancellationToken cancellationToken = default) =>
        (await LoadAsync(db, null, fileId - 1, null, 1, cancellationToken)).FirstOrDefault(file => file.FileId == fileId);

    /// <summary>Some of them, in the same order.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="after">Only files with a greater number.</param>
    /// <param name="since">Only files imported at this instant or later; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<IReadOnlyList<FileBalance>> WalkAsync(TenantDb db, long after, DateTimeOffset? since, int most, CancellationToken cancellationToken = default) =>
        LoadAsync(db, null, after, since, most, cancellationToken);

    private static async Task<IReadOnlyList<FileBalance>> LoadAsync(TenantDb db, DateOnly? cutoffOn, long after, DateTimeOffset? since, int? most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var last = cutoffOn ?? DateOnly.MaxValue;
        return await db.QueryAsync($"""
            select f.file_id, f.name, f.carrier, f.format, f.kind, f.lines, f.lines_skipped,
                   coalesce(sum(c.lines) filter (where c.state = 'billed'), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'covered'), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'zero-rated'), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'excluded'), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'duplicate'), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'error'), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'open' and c.day > {last}), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'open' and c.day <= {last}), 0)::bigint,
                   coalesce(sum(c.lines) filter (where c.state = 'allocated'), 0)::bigint
            from (select * from usage.cdr_file where file_id > {after} and ({since?.UtcDateTime}::timestamptz is null or imported_at >= {since?.UtcDateTime}::timestamptz) order by file_id limit {most}::int) f
                 left join usage.tally c using (tenant_id, file_id)
            group by f.tenant_id, f.file_id, f.name, f.carrier, f.format, f.kind, f.lines, f.lines_skipped
            order by f.file_id
            """,
            row => new FileBalance(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Long(5), row.Long(6),
                row.Long(7), row.Long(8), row.Long(9), row.Long(10), row.Long(11), row.Long(12), row.Long(13), row.Long(14), row.Long(15)),
            cancellationToken);
    }
}
