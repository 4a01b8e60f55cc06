namespace Billing.Tenancy.Data;

/// <summary>Work on many rows, a few of them a transaction, so that nobody waits for all of it and a kill loses one batch.</summary>
public static class Batches
{
    /// <summary>Goes on until a batch is not full.</summary>
    /// <param name="database">Where.</param>
    /// <param name="tenant">Whose rows.</param>
    /// <param name="size">Rows that a full batch has, at least 1.</param>
    /// <param name="work">Does one batch and says how many rows it had.</param>
    /// <param name="cancellationToken">Stops the work between two batches.</param>
    /// <returns>Rows of all batches.</returns>
    public static async Task<int> InBatchesAsync(this Database database, TenantId tenant, int size, Func<TenantDb, Task<int>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var (all, rows) = (0, size);
        while (rows >= size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var db = await database.BeginAsync(tenant, cancellationToken);
            rows = await work(db);
            await db.CommitAsync(cancellationToken);
            all += rows;
        }
        return all;
    }
}
