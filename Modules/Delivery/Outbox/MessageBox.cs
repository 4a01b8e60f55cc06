using Billing.Tenancy.Data;

namespace Billing.Delivery.Outbox;

/// <summary>What a tenant has to send. Put here in the transaction that causes it, so that it is sent if and only if that happened.</summary>
public static class MessageBox
{
    /// <summary>Puts a message in.</summary>
    /// <param name="db">The transaction that causes it.</param>
    /// <param name="recipient">Email address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="body">Plain text.</param>
    /// <param name="isSecret">It holds a one-time link: shown only to those who could make one.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<int> PutAsync(TenantDb db, string recipient, string subject, string body, bool isSecret, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"""
            insert into delivery.outbox (recipient, subject, body, is_secret, created_at) values ({recipient}, {subject}, {body}, {isSecret}, {now.UtcDateTime})
            """, cancellationToken);
    }

    /// <summary>The newest messages without their bodies.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<List<OutboxMessage>> ListAsync(TenantDb db, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.QueryAsync($"select message_id, recipient, subject, null::text, is_secret, state, created_at from delivery.outbox order by message_id desc limit {limit}", Read, cancellationToken);
    }

    /// <summary>One message; null when there is none.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="id">Which.</param>
    /// <param name="maySeeSecrets">False leaves the body of a secret one out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<OutboxMessage?> FindAsync(TenantDb db, long id, bool maySeeSecrets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select message_id, recipient, subject, case when {maySeeSecrets} or not is_secret then body end, is_secret, state, created_at from delivery.outbox where message_id = {id}
            """, Read, cancellationToken);
    }

    private static OutboxMessage Read(Row row) => new(row.Long(0), row.Text(1), row.Text(2), row.MaybeText(3), row.Bool(4), row.Text(5), row.Instant(6));
}
