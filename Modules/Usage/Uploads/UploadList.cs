using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Usage.Import;

namespace Billing.Usage.Uploads;

/// <summary>The uploads of a tenant, as they are looked at.</summary>
public static class UploadList
{
    /// <summary>An upload by its number; null when there is none.</summary>
    public static async Task<Upload?> FindAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select upload_id, batch, name, hash, bytes, lines, format, sureness, state, failure_code, failure_message, file_id, uploaded_by, uploaded_at, dropped_by, dropped_why,
                   archive_id, kind, lower(period), upper(period), released_by, released_why
            from usage.upload where upload_id = {id}
            """, Read, cancellationToken);
    }

    /// <summary>Files that came together, in the order they came.</summary>
    public static async Task<IReadOnlyList<Upload>> OfBatchAsync(TenantDb db, Guid batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select upload_id, batch, name, hash, bytes, lines, format, sureness, state, failure_code, failure_message, file_id, uploaded_by, uploaded_at, dropped_by, dropped_why,
                   archive_id, kind, lower(period), upper(period), released_by, released_why
            from usage.upload where batch = {batch} order by upload_id
            """, Read, cancellationToken);
    }

    /// <summary>The files of an archive, in the order they lie in it.</summary>
    public static async Task<IReadOnlyList<Upload>> OfArchiveAsync(TenantDb db, long archiveId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select upload_id, batch, name, hash, bytes, lines, format, sureness, state, failure_code, failure_message, file_id, uploaded_by, uploaded_at, dropped_by, dropped_why,
                   archive_id, kind, lower(period), upper(period), released_by, released_why
            from usage.upload where archive_id = {archiveId} order by upload_id
            """, Read, cancellationToken);
    }

    /// <summary>Files that are pending, oldest first.</summary>
    public static async Task<IReadOnlyList<Upload>> PendingAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select upload_id, batch, name, hash, bytes, lines, format, sureness, state, failure_code, failure_message, file_id, uploaded_by, uploaded_at, dropped_by, dropped_why,
                   archive_id, kind, lower(period), upper(period), released_by, released_why
            from usage.upload where state in ('waiting', 'running', 'failed', 'held') order by upload_id
            """, Read, cancellationToken);
    }

    /// <summary>All that were ever uploaded, newest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="ids">Only these; null for all.</param>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<Upload>> WalkAsync(TenantDb db, long[]? ids, long? before, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select upload_id, batch, name, hash, bytes, lines, format, sureness, state, failure_code, failure_message, file_id, uploaded_by, uploaded_at, dropped_by, dropped_why,
                   archive_id, kind, lower(period), upper(period), released_by, released_why
            from usage.upload
            where ({ids}::bigint[] is null or upload_id = any ({ids}::bigint[])) and ({before}::bigint is null or upload_id < {before}::bigint)
            order by upload_id desc limit {most}
            """, Read, cancellationToken);
    }

    private static Upload Read(Row row) => new(
        row.Long(0), row.Get<Guid>(1), row.Text(2), row.MaybeText(3), row.Long(4), row.Long(5), row.MaybeText(6), row.Maybe<int?>(7), StateOf(row.Text(8)),
        row.MaybeText(9) is { } code ? new Failure(code, row.Text(10)) : null, row.Maybe<long?>(11), row.Text(12), row.Instant(13), row.MaybeText(14), row.MaybeText(15))
    {
        ArchiveId = row.Maybe<long?>(16),
        Stated = FileStatement.Read(row.MaybeText(17), row.Maybe<DateOnly?>(18), row.Maybe<DateOnly?>(19)),
        ReleasedBy = row.MaybeText(20),
        ReleasedWhy = row.MaybeText(21),
    };

    private static UploadState StateOf(string state) => state == "rolled-back" ? UploadState.RolledBack : Enum.Parse<UploadState>(state, ignoreCase: true);
}
