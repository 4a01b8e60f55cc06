using Billing.Tenancy.Data;

namespace Billing.Tenancy.Users;

/// <summary>
/// Sign-ins as rows. The browser holds a random key, the row its hash, and every request looks the row up: ending it ends it there and then.
/// The row is the tenant's, so a key of one tenant is nothing at another.
/// </summary>
public static class Sessions
{
    /// <summary>A sign-in ends this long after its last request.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromHours(2);

    /// <summary>And this long after it began, however busy it was.</summary>
    public static readonly TimeSpan AbsoluteLimit = TimeSpan.FromHours(24);

    /// <summary>How long somebody may look for their telephone between password and code.</summary>
    public static readonly TimeSpan HalfLimit = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private const int LongestDevice = 200;

    /// <summary>Begins one.</summary>
    /// <returns>The key for the browser; it is kept nowhere else.</returns>
    public static async Task<string> BeginAsync(TenantDb db, PersonId person, bool isOpen, string address, string device, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(device);
        var key = RandomKey.Make();
        var ends = now + (isOpen ? AbsoluteLimit : HalfLimit);
        await db.ExecuteAsync($"""
            insert into tenancy.session (key_hash, person_id, stage, created_at, last_seen_at, expires_at, address, device)
            values ({RandomKey.Hash(key)}, {person.Value}, {(isOpen ? "open" : "half")}, {now.UtcDateTime}, {now.UtcDateTime}, {ends.UtcDateTime}, {address}, {Printable(device)})
            """, cancellationToken);
        return key;
    }

    /// <summary>The sign-in of a key, while it lasts; null for any other key.</summary>
    public static async Task<Session?> FindAsync(TenantDb db, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select session_id, person_id, stage, created_at, last_seen_at, address, device from tenancy.session
            where key_hash = {RandomKey.Hash(key)} and ended_at is null and expires_at > {now.UtcDateTime} and last_seen_at > {(now - IdleLimit).UtcDateTime}
            """, Read, cancellationToken);
    }

    /// <summary>Notes that a sign-in is in use, at most once a minute. Alone in its transaction: what is committed with it is not safe from a power cut at once.</summary>
    /// <returns>True when something was written.</returns>
    public static async Task<bool> SeenAsync(TenantDb db, Session session, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(session);
        if (now - session.LastSeenAt < SeenEvery) return false;
        // A page does not wait for the disk because of this: after a power cut a sign-in may look a second less used than it was.
        return await db.ExecuteAsync($"""
            with unhurried as (select set_config('synchronous_commit', 'off', true))
            update tenancy.session set last_seen_at = {now.UtcDateTime} from unhurried where session_id = {session.Id} and last_seen_at < {now.UtcDateTime}
            """, cancellationToken) > 0;
    }

    /// <summary>A person's sign-ins that last, the newest first.</summary>
    public static async Task<IReadOnlyList<Session>> ListAsync(TenantDb db, PersonId person, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select session_id, person_id, stage, created_at, last_seen_at, address, device from tenancy.session
            where person_id = {person.Value} and stage = 'open' and ended_at is null and expires_at > {now.UtcDateTime} and last_seen_at > {(now - IdleLimit).UtcDateTime}
            order by created_at desc, session_id desc
            """, Read, cancellationToken);
    }

    /// <summary>Ends one of a person's sign-ins; false when it is not theirs or has ended.</summary>
    public static async Task<bool> EndAsync(TenantDb db, PersonId person, long session, string why, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"""
            update tenancy.session set ended_at = {now.UtcDateTime}, ended_why = {why} where session_id = {session} and person_id = {person.Value} and ended_at is null
            """, cancellationToken) > 0;
    }

    /// <summary>Ends all of a person's sign-ins but one.</summary>
    /// <returns>How many.</returns>
    public static Task<int> EndAllAsync(TenantDb db, PersonId person, long? except, string why, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"""
            update tenancy.session set ended_at = {now.UtcDateTime}, ended_why = {why}
            where person_id = {person.Value} and session_id <> {except ?? 0L} and ended_at is null
            """, cancellationToken);
    }

    private static string Printable(string device)
    {
        var clean = new string([.. device.Where(c => !char.IsControl(c))]);
        return clean.Length > LongestDevice ? clean[..LongestDevice] : clean;
    }

    private static Session Read(Row row) => new(row.Long(0), new PersonId(row.Long(1)), row.Text(2) == "open", row.Instant(3), row.Instant(4), row.Text(5), row.Text(6));
}
