using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Usage.Guards;

/// <summary>The guards of a tenant, one a carrier.</summary>
public static class GuardBook
{
    /// <summary>So many files are looked at for those of one weekday.</summary>
    private const int Looked = 420;

    /// <summary>All of them, by carrier.</summary>
    public static async Task<IReadOnlyList<VolumeGuard>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select guard_id, version, carrier, files, lines_percent, cost_percent, price_percent from usage.volume_guard order by carrier", Read, cancellationToken);
    }

    /// <summary>One by its number; null when there is none.</summary>
    public static async Task<VolumeGuard?> FindAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"select guard_id, version, carrier, files, lines_percent, cost_percent, price_percent from usage.volume_guard where guard_id = {id}", Read, cancellationToken);
    }

    /// <summary>Adds a guard (number 0), or changes one of the version that was read.</summary>
    /// <returns>What is wrong with it; <c>records.taken</c> where the carrier has one; what <see cref="LastChange"/> says where it was changed meanwhile.</returns>
    public static async Task<Result<VolumeGuard>> SaveAsync(TenantDb db, VolumeGuard guard, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(guard);
        if (guard.Check() is [var (_, wrong), ..]) return wrong;
        long? saved = null;
        var refusal = await db.TryAsync(async () => saved = guard.Id == 0
            ? await db.ScalarAsync<long>($"""
                insert into usage.volume_guard (carrier, files, lines_percent, cost_percent, price_percent)
                values ({guard.Carrier}, {guard.Files}, {guard.LinesPercent}::int, {guard.CostPercent}::int, {guard.PricePercent}::int) returning guard_id
                """, cancellationToken)
            : await db.FindAsync($"""
                update usage.volume_guard set carrier = {guard.Carrier}, files = {guard.Files}, lines_percent = {guard.LinesPercent}::int, cost_percent = {guard.CostPercent}::int,
                       price_percent = {guard.PricePercent}::int, version = version + 1
                where guard_id = {guard.Id} and version = {guard.Version} returning guard_id
                """, row => (long?)row.Long(0), cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.taken", $"The files of {guard.Carrier} are guarded already.");
        if (saved is not { } id) return await LastChange.RefuseAsync(db, "usage.volume_guard", "guard_id", guard.Id, "the guard", cancellationToken);
        return (await FindAsync(db, id, cancellationToken))!;
    }

    /// <summary>Removes a guard.</summary>
    /// <returns>Null when it is gone; else what <see cref="LastChange"/> says.</returns>
    public static async Task<Failure?> RemoveAsync(TenantDb db, long id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"delete from usage.volume_guard where guard_id = {id} and version = {version}", cancellationToken) == 1
            ? null
            : await LastChange.RefuseAsync(db, "usage.volume_guard", "guard_id", id, "the guard", cancellationToken);
    }

    /// <summary>Judges a file that the transaction has just stored.</summary>
    /// <returns><c>usage.guard</c> where it must not stay; null where it may.</returns>
    internal static async Task<Failure?> JudgeAsync(TenantDb db, string carrier, long fileId, CancellationToken cancellationToken)
    {
        var guard = await db.FindAsync($"select guard_id, version, carrier, files, lines_percent, cost_percent, price_percent from usage.volume_guard where carrier = {carrier}", Read, cancellationToken);
        if (guard is null) return null;
        var figures = await FileFigures.LoadAsync(db, carrier, fileId, Looked, cancellationToken);
        return guard.Judge(figures[0], [.. figures.Skip(1)]);
    }

    private static VolumeGuard Read(Row row) => new(row.Text(2), row.Int(3), row.Maybe<int?>(4), row.Maybe<int?>(5), row.Maybe<int?>(6)) { Id = row.Long(0), Version = row.Int(1) };
}
