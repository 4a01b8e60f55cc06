using System.Security.Cryptography;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;

namespace Billing.Api.Keys;

/// <summary>A tenant's API keys.</summary>
public static class ApiKeyBook
{
    /// <summary>Makes a key.</summary>
    /// <param name="db">The tenant, on behalf of the person who makes it.</param>
    /// <param name="label">What it is for; 1 to 100 characters.</param>
    /// <param name="scopes">Permissions it gets; those of customers and of operators can't be given to a key.</param>
    /// <param name="held">What the maker may do: a key can't do more.</param>
    /// <param name="expiresAt">From when it opens nothing; null for never.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The key's text, shown this once.</returns>
    public static async Task<Result<string>> AddAsync(
        TenantDb db, string label, IReadOnlyList<string> scopes, IReadOnlySet<string> held, DateTimeOffset? expiresAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(held);
        label = label.Trim();
        if (label.Length is 0 or > 100) return new Failure("api.bad-label", "Give the key a label of 1 to 100 characters that says what uses it.") { Field = "label" };
        if (scopes.Count == 0) return new Failure("api.no-scope", "Choose at least one thing that the key may do.") { Field = "scopes" };
        if (scopes.FirstOrDefault(scope => !ForKeys.Contains(scope)) is { } wrong) return new Failure("api.bad-scope", $"A key can't be given '{wrong}'.") { Field = "scopes" };
        if (scopes.FirstOrDefault(scope => !held.Contains(scope)) is { } beyond) return new Failure("api.scope-not-held", $"You may not do '{beyond}' yourself, so you can't let a key do it.") { Field = "scopes" };

        var secret = ApiKeyText.NewSecret();
        var id = await db.ScalarAsync<long>($"""
            insert into api.api_key (label, secret_hash, scopes, expires_at)
            values ({label}, {ApiKeyText.HashOf(secret)}, {scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()}, {expiresAt?.UtcDateTime})
            returning api_key_id
            """, cancellationToken);
        return new ApiKeyText(db.Tenant, id, secret).ToString();
    }

    /// <summary>What a key can be given: everything but the installation itself, the portal, and what makes keys and people.</summary>
    public static IReadOnlyList<string> ForKeys { get; } =
        [.. Permission.All.Except([Permission.Operate, Permission.UsePortal, Permission.ManagePeople, Permission.ManageApi, Permission.GrantSupport])];

    /// <summary>All keys, the newest first.</summary>
    public static async Task<IReadOnlyList<ApiKey>> ListAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select api_key_id, label, scopes, created_at, expires_at, withdrawn_at, last_used_on from api.api_key order by api_key_id desc", Read, cancellationToken);
    }

    /// <summary>Withdraws a key for good.</summary>
    /// <returns>False when there is no such key, or it was withdrawn before.</returns>
    public static async Task<bool> WithdrawAsync(TenantDb db, long id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"update api.api_key set withdrawn_at = {now.UtcDateTime} where api_key_id = {id} and withdrawn_at is null", cancellationToken) == 1;
    }

    /// <summary>The key that a text opens with now; null when it opens nothing.</summary>
    internal static async Task<ApiKey?> OpenAsync(Database database, ApiKeyText text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(text.Tenant, cancellationToken);
        var stored = await db.FindAsync($"""
            select api_key_id, label, scopes, created_at, expires_at, withdrawn_at, last_used_on, secret_hash
            from api.api_key where tenant_id = {text.Tenant.Value} and api_key_id = {text.Id}
            """, row => (Key: Read(row), Hash: row.Get<byte[]>(7)), cancellationToken);
        // Compared even where there is none, so that the time says nothing of which keys there are.
        var isRight = CryptographicOperations.FixedTimeEquals(stored.Hash ?? new byte[32], ApiKeyText.HashOf(text.Secret));
        if (stored.Key is not { } key || !isRight || key.WithdrawnAt is not null || key.ExpiresAt <= now) return null;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (key.LastUsedOn != today)
        {
            await db.ExecuteAsync($"update api.api_key set last_used_on = {today} where api_key_id = {key.Id}", cancellationToken);
            await db.CommitAsync(cancellationToken);
        }
        return key;
    }

    private static ApiKey Read(Row row) => new(row.Long(0), row.Text(1), row.Get<string[]>(2), row.Instant(3),
        row.IsNull(4) ? null : row.Instant(4), row.IsNull(5) ? null : row.Instant(5), row.Maybe<DateOnly?>(6));
}
