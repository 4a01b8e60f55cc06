using Billing.Tenancy.Data;

namespace Billing.Tenancy.Users;

/// <summary>Links that are good once and for a time: whoever holds one may set the password of the person it was made for.</summary>
public static class OneTimeLinks
{
    /// <summary>How long a link is good.</summary>
    /// <param name="purpose">An invitation waits in a mailbox over night; a reset is asked for by somebody who is waiting.</param>
    public static TimeSpan LifetimeOf(LinkPurpose purpose) => purpose == LinkPurpose.Invitation ? TimeSpan.FromHours(24) : TimeSpan.FromHours(1);

    /// <summary>Makes one; earlier ones of the person are good no more.</summary>
    /// <returns>The key that belongs into the link; it is kept nowhere else.</returns>
    public static async Task<string> MakeAsync(TenantDb db, PersonId person, LinkPurpose purpose, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await WithdrawAsync(db, person, now, cancellationToken);
        var key = RandomKey.Make();
        await db.ExecuteAsync($"""
            insert into tenancy.one_time_link (key_hash, person_id, purpose, created_at, expires_at)
            values ({RandomKey.Hash(key)}, {person.Value}, {Word(purpose)}, {now.UtcDateTime}, {(now + LifetimeOf(purpose)).UtcDateTime})
            """, cancellationToken);
        return key;
    }

    /// <summary>Whom a key is for, while it is good; null otherwise. Looking does not use it up: mail programs open links to look at them.</summary>
    public static async Task<PersonId?> FindAsync(TenantDb db, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"select person_id from tenancy.one_time_link where key_hash = {RandomKey.Hash(key)} and used_at is null and expires_at > {now.UtcDateTime}",
            row => (PersonId?)new PersonId(row.Long(0)), cancellationToken);
    }

    /// <summary>Uses a key up; null when somebody did before, even in the same moment.</summary>
    public static async Task<PersonId?> UseAsync(TenantDb db, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            update tenancy.one_time_link set used_at = {now.UtcDateTime}
            where key_hash = {RandomKey.Hash(key)} and used_at is null and expires_at > {now.UtcDateTime} returning person_id
            """, row => (PersonId?)new PersonId(row.Long(0)), cancellationToken);
    }

    /// <summary>Makes a person's open links useless.</summary>
    public static Task<int> WithdrawAsync(TenantDb db, PersonId person, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"update tenancy.one_time_link set used_at = {now.UtcDateTime} where person_id = {person.Value} and used_at is null", cancellationToken);
    }

    private static string Word(LinkPurpose purpose) => purpose == LinkPurpose.Invitation ? "invitation" : "reset";
}
