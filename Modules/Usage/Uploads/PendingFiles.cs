using Billing.Tenancy.Data;

namespace Billing.Usage.Uploads;

/// <summary>Uploaded files that are not in yet (UX-5): how many, and how they stand.</summary>
/// <param name="Waiting">Waiting for their import.</param>
/// <param name="Running">Being imported.</param>
/// <param name="Failed">Could not be imported, and nobody has decided yet.</param>
/// <param name="Held">Not like the carrier's other files, and nobody has decided yet.</param>
public sealed record PendingFiles(int Waiting, int Running, int Failed, int Held = 0)
{
    /// <summary>All of them.</summary>
    public int Count => Waiting + Running + Failed + Held;

    /// <summary>In words: <c>2 waiting, 1 failed</c>.</summary>
    public override string ToString() => string.Join(", ", new[] { (Waiting, "waiting"), (Running, "being imported"), (Failed, "failed"), (Held, "held") }
        .Where(part => part.Item1 > 0).Select(part => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}")));

    /// <summary>Counts them.</summary>
    public static async Task<PendingFiles> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await db.FindAsync($"""
            select count(*) filter (where state = 'waiting')::int, count(*) filter (where state = 'running')::int, count(*) filter (where state = 'failed')::int,
                   count(*) filter (where state = 'held')::int
            from usage.upload where state in ('waiting', 'running', 'failed', 'held')
            """, row => new PendingFiles(row.Int(0), row.Int(1), row.Int(2), row.Int(3)), cancellationToken))!;
    }
}
