using Billing.Tenancy.Data;

namespace Billing.Usage.Import;

/// <summary>
/// A partition of the calls that a big file fills by itself: written by COPY where it stays, indexed once it is full, and only then one of the tenant's calls. It lives and
/// dies with the transaction that opened it.
/// </summary>
/// <param name="Number">Its number; 0 is the part that other files share.</param>
/// <param name="FileId">The id that the file has to take.</param>
/// <param name="Table">The table to fill.</param>
internal sealed record CallPart(int Number, long FileId, string Table)
{
    /// <summary>Opens one for a file of a carrier; until it is sealed, <c>arriving</c> shows what is in it.</summary>
    /// <returns>Null when there are as many as the database bears: the calls go where those of small files are.</returns>
    public static Task<CallPart?> OpenAsync(TenantDb db, string carrier, CancellationToken cancellationToken) =>
        db.FindAsync($"select part, file_id, name from usage.open_part({carrier})", row => new CallPart(row.Int(0), row.Long(1), "usage." + row.Text(2)), cancellationToken);

    /// <summary>Marks what repeats earlier calls or is too old, builds the indexes, and makes it part of the tenant's calls.</summary>
    /// <param name="db">The transaction that opened it; the file is in the register by now.</param>
    /// <param name="lateCallDays">How much older than the file's newest call one may be.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Lines that are not in the state they came in.</returns>
    public Task<long> SealAsync(TenantDb db, int lateCallDays, CancellationToken cancellationToken) =>
        db.ScalarAsync<long>($"select usage.seal_part({Number}, {lateCallDays})", cancellationToken);
}
