using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Usage.Register;

/// <summary>A file that was taken out again.</summary>
/// <param name="FileId">The place it had in the register.</param>
/// <param name="Name">Its name.</param>
/// <param name="Hash">SHA-256 of its bytes, which can come again.</param>
/// <param name="Carrier">Who sent it.</param>
/// <param name="Format">What read it.</param>
/// <param name="Kind">Daily, monthly, ...</param>
/// <param name="Lines">Lines it had.</param>
/// <param name="ImportedAt">When it was taken in.</param>
/// <param name="LinesRestored">Lines of other files that came back.</param>
/// <param name="At">When it was taken out.</param>
/// <param name="By">By whom.</param>
/// <param name="Why">And why.</param>
public sealed record RolledBackFile(
    long FileId, string Name, string Hash, string Carrier, string Format, string Kind, long Lines, DateTimeOffset ImportedAt, long LinesRestored, DateTimeOffset At, string By, string Why)
{
    /// <summary>One by the place it had; null when there is none.</summary>
    public static async Task<RolledBackFile?> FindAsync(TenantDb db, long fileId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select file_id, name, hash, carrier, format, kind, lines, imported_at, lines_restored, rolled_back_at, rolled_back_by, why from usage.file_rollback where file_id = {fileId}
            """, Read, cancellationToken);
    }

    /// <summary>Those of a tenant, the latest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<RolledBackFile>> LoadAsync(TenantDb db, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select file_id, name, hash, carrier, format, kind, lines, imported_at, lines_restored, rolled_back_at, rolled_back_by, why
            from usage.file_rollback order by rolled_back_at desc, file_id desc limit {most}
            """, Read, cancellationToken);
    }

    private static RolledBackFile Read(Row row) => new(
        row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Long(6), row.Instant(7), row.Long(8), row.Instant(9), row.Text(10), row.Text(11));
}
