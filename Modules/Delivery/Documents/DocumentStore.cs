using System.Security.Cryptography;
using Billing.Tenancy.Data;

namespace Billing.Delivery.Documents;

/// <summary>Issued documents, frozen with their hash.</summary>
public static class DocumentStore
{
    /// <summary>Keeps a document. The first one of a subject and type stays; keeping it again changes nothing.</summary>
    /// <returns>Its hash.</returns>
    public static async Task<string> KeepAsync(
        TenantDb db, string subject, string mediaType, string fileName, byte[] content, DateTimeOffset createdAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        await db.ExecuteAsync($"""
            insert into delivery.document (subject, media_type, file_name, hash, content, created_at)
            values ({subject}, {mediaType}, {fileName}, {hash}, {content}, {createdAt.UtcDateTime})
            on conflict (tenant_id, subject, media_type) do nothing
            """, cancellationToken);
        return hash;
    }

    /// <summary>Finds a document; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The bytes are not those of the hash: somebody changed them.</exception>
    public static async Task<StoredDocument?> FindAsync(TenantDb db, string subject, string mediaType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = await db.FindAsync($"select file_name, hash, content from delivery.document where subject = {subject} and media_type = {mediaType}",
            row => new StoredDocument(subject, mediaType, row.Text(0), row.Text(1), row.Get<byte[]>(2)), cancellationToken);
        if (found is not null && Convert.ToHexStringLower(SHA256.HashData(found.Content)) != found.Hash)
            throw new InvalidDataException($"The stored document '{subject}' does not have the hash it was stored with.");
        return found;
    }

    /// <summary>How many of some subjects have a document of a type.</summary>
    public static async Task<int> CountAsync(TenantDb db, IEnumerable<string> subjects, string mediaType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (int)await db.ScalarAsync<long>($"select count(*) from delivery.document where media_type = {mediaType} and subject = any({subjects.ToArray()})", cancellationToken);
    }

    /// <summary>Which subjects have a document of a type already, with its hash.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> HashesAsync(TenantDb db, string mediaType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"select subject, hash from delivery.document where media_type = {mediaType}", row => (Subject: row.Text(0), Hash: row.Text(1)), cancellationToken);
        return rows.ToDictionary(r => r.Subject, r => r.Hash, StringComparer.Ordinal);
    }
}
