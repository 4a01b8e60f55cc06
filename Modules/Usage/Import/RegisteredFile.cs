using Billing.Tenancy.Data;

namespace Billing.Usage.Import;

/// <summary>A file in the register, beyond what <see cref="RatedCalls.FileBalance"/> says of its lines.</summary>
/// <param name="Hash">SHA-256 of its bytes: the same bytes are never taken twice.</param>
/// <param name="Bytes">How many.</param>
/// <param name="From">First day it covers, where it says so.</param>
/// <param name="To">First day it does not cover any more.</param>
/// <param name="ImportedAt">When it was taken in.</param>
public sealed record RegisteredFile(string Hash, long Bytes, DateOnly? From, DateOnly? To, DateTimeOffset ImportedAt)
{
    /// <summary>A file by its place in the register; null when there is none.</summary>
    public static Task<RegisteredFile?> FindAsync(TenantDb db, long fileId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select hash, bytes, lower(period), upper(period), imported_at from usage.cdr_file where file_id = {fileId}",
            row => new RegisteredFile(row.Text(0), row.Long(1), row.Maybe<DateOnly?>(2), row.Maybe<DateOnly?>(3), row.Instant(4)), cancellationToken);
    }
}
