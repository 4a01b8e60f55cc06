using System.Text.Json;
using Billing.Tenancy.Data;

namespace Billing.Tenancy.Audit;

/// <summary>Reads a tenant's audit trail.</summary>
public static class AuditTrail
{
    /// <summary>Entries, the newest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="who">Part of a name; empty for anybody.</param>
    /// <param name="what">Part of an action, a subject or a key; empty for anything.</param>
    /// <param name="from">The first instant; null for the beginning.</param>
    /// <param name="until">The instant after the last; null for now.</param>
    /// <param name="skip">Entries of earlier pages.</param>
    /// <param name="take">Entries of this page.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The page, and how many there are in all.</returns>
    public static async Task<(IReadOnlyList<AuditEntry> Entries, long Total)> ListAsync(
        TenantDb db, string who, string what, DateTimeOffset? from, DateTimeOffset? until, int skip, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (name, thing) = (Like(who), Like(what));
        var (first, end) = (from?.UtcDateTime ?? DateTime.MinValue, until?.UtcDateTime ?? DateTime.MaxValue);
        var total = await db.ScalarAsync<long>($"""
            select count(*) from tenancy.audit where actor_name ilike {name} and noted_at >= {Utc(first)} and noted_at < {Utc(end)}
              and (action ilike {thing} or subject ilike {thing} or subject_key::text ilike {thing})
            """, cancellationToken);
        var entries = await db.QueryAsync($"""
            select entry, noted_at, actor_kind, actor_name, action, subject, subject_key::text, before::text, after::text from tenancy.audit
            where actor_name ilike {name} and noted_at >= {Utc(first)} and noted_at < {Utc(end)} and (action ilike {thing} or subject ilike {thing} or subject_key::text ilike {thing})
            order by entry desc offset {skip} limit {take}
            """, Read, cancellationToken);
        return (entries, total);
    }

    /// <summary>Entries from the newest back.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    /// <param name="since">Only those noted at this instant or later; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<AuditEntry>> WalkAsync(TenantDb db, long? before, DateTimeOffset? since, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select entry, noted_at, actor_kind, actor_name, action, subject, subject_key::text, before::text, after::text from tenancy.audit
            where ({before}::bigint is null or entry < {before}::bigint) and ({since?.UtcDateTime}::timestamptz is null or noted_at >= {since?.UtcDateTime}::timestamptz)
            order by entry desc limit {most}
            """, Read, cancellationToken);
    }

    /// <summary>The first entry that is not as it was written; null while the chain holds.</summary>
    public static Task<long?> FindBreakAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select tenancy.audit_break()", row => row.Maybe<long?>(0), cancellationToken);
    }

    private static AuditEntry Read(Row row) => new(
        row.Long(0), row.Instant(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), Changes(row.MaybeText(7), row.MaybeText(8)));

    private static string Like(string text) => "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private static DateTime Utc(DateTime instant) => DateTime.SpecifyKind(instant, DateTimeKind.Utc);

    private static List<(string, string?, string?)> Changes(string? before, string? after)
    {
        var (old, made) = (Members(before), Members(after));
        return [.. old.Keys.Union(made.Keys).Order(StringComparer.Ordinal).Select(name => (name, old.GetValueOrDefault(name), made.GetValueOrDefault(name))).Where(change => change.Item2 != change.Item3)];
    }

    private static Dictionary<string, string?> Members(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Object
            ? new() { ["value"] = document.RootElement.ToString() }
            : document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ValueKind == JsonValueKind.Null ? null : member.Value.ToString(), StringComparer.Ordinal);
    }
}
