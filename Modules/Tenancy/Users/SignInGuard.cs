using System.Security.Cryptography;
using System.Text;
using Billing.Tenancy.Data;

namespace Billing.Tenancy.Users;

/// <summary>
/// Counts attempts at secrets and makes the next one wait, longer each time. An attempt is counted before it is judged, so a hundred at once
/// are a hundred; a good one takes the count away again. Addresses nobody has are counted like those somebody has.
/// </summary>
public static class SignInGuard
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    /// <summary>Counts an attempt. Commit afterwards, whatever comes of it.</summary>
    /// <param name="db">The tenant's, or the installation's for limits that hold across tenants.</param>
    /// <param name="what">What is tried, for example <c>staff:ann@example.com</c>.</param>
    /// <param name="free">Attempts before the first wait.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when the attempt may be judged; else until when it has to wait.</returns>
    public static async Task<DateTimeOffset?> CountAsync(TenantDb db, string what, int free, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.ExecuteAsync($"delete from tenancy.sign_in_guard where last_at < {(now - Forgotten).UtcDateTime}", cancellationToken);
        var key = KeyOf(what);
        var (failures, wasLocked, until) = await db.FindAsync($"""
            insert into tenancy.sign_in_guard as g (key_hash, failures, last_at, was_locked) values ({key}, 1, {now.UtcDateTime}, false)
            on conflict (tenant_id, key_hash) do update set
                was_locked = coalesce(g.locked_until > {now.UtcDateTime}, false),
                failures = case when g.locked_until > {now.UtcDateTime} then g.failures else g.failures + 1 end,
                last_at = case when g.locked_until > {now.UtcDateTime} then g.last_at else {now.UtcDateTime} end
            returning failures, was_locked, locked_until
            """, row => (row.Int(0), row.Bool(1), row.IsNull(2) ? (DateTimeOffset?)null : row.Instant(2)), cancellationToken);
        if (wasLocked) return until;
        if (failures >= free)
            await db.ExecuteAsync($"update tenancy.sign_in_guard set locked_until = {(now + WaitAfter(failures - free)).UtcDateTime} where key_hash = {key}", cancellationToken);
        return null;
    }

    /// <summary>Forgets the attempts: the last one was good.</summary>
    public static Task<int> ClearAsync(TenantDb db, string what, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"delete from tenancy.sign_in_guard where key_hash = {KeyOf(what)}", cancellationToken);
    }

    /// <summary>How long the next attempt waits: one minute, two, four, up to an hour.</summary>
    /// <param name="beyond">Failures since the first that made one wait.</param>
    public static TimeSpan WaitAfter(int beyond) => beyond >= 6 ? LongestWait : FirstWait * (1 << Math.Max(0, beyond));

    private static byte[] KeyOf(string what) => SHA256.HashData(Encoding.UTF8.GetBytes(what));
}
