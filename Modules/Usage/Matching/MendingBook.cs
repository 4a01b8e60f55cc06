using System.Text.Json;
using Billing.Tenancy.Data;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Matching;

/// <summary>The desk's history: what was done about causes, by whom, and how many calls it cleared.</summary>
public static class MendingBook
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>The latest, newest first.</summary>
    public static async Task<IReadOnlyList<Mending>> LoadAsync(TenantDb db, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select mending_id, kind, causes::text, mended_at, mended_by, tried, cleared, moved, worth, undo is not null and undone_at is null, undone_at, undone_by, returned
            from usage.mending order by mending_id desc limit {most}
            """,
            row => new Mending(row.Long(0), row.Text(1), JsonSerializer.Deserialize<ErrorCause[]>(row.Text(2), Json) ?? [], row.Instant(3), row.Text(4), row.Long(5), row.Long(6), row.Long(7), row.Decimal(8),
                row.Bool(9), row.IsNull(10) ? null : row.Instant(10), row.MaybeText(11), row.Maybe<long?>(12)), cancellationToken);
    }

    internal static Task<long> AddAsync(
        TenantDb db, string kind, IReadOnlyCollection<ErrorCause> causes, Remedy? remedy, Undoing? undo, RerateOutcome outcome, DateTimeOffset at, CancellationToken cancellationToken) => db.ScalarAsync<long>($"""
        insert into usage.mending (kind, causes, remedy, undo, tried, cleared, moved, worth, mended_at, mended_by)
        values ({kind}, {JsonSerializer.Serialize(causes, Json)}::jsonb, {JsonSerializer.Serialize(remedy, Json)}::jsonb, {(undo is null ? null : JsonSerializer.Serialize(undo, Json))}::jsonb,
                {(long)outcome.Calls}, {(long)outcome.Cleared}, {(long)outcome.Moved}, {outcome.Worth}, {at.UtcDateTime}, {db.Actor.Name})
        returning mending_id
        """, cancellationToken);

    internal static Task<(Undoing? Undo, bool IsUndone)> FindAsync(TenantDb db, long id, CancellationToken cancellationToken) => db.FindAsync(
        $"select undo::text, undone_at is not null from usage.mending where mending_id = {id} for update",
        row => (row.MaybeText(0) is { } undo ? JsonSerializer.Deserialize<Undoing>(undo, Json) : null, row.Bool(1)), cancellationToken);

    internal static Task<int> CloseAsync(TenantDb db, long id, long returned, DateTimeOffset at, CancellationToken cancellationToken) => db.ExecuteAsync(
        $"update usage.mending set undone_at = {at.UtcDateTime}, undone_by = {db.Actor.Name}, returned = {returned} where mending_id = {id}", cancellationToken);
}
