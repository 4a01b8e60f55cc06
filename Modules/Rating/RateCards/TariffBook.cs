using System.Security.Cryptography;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Records;

namespace Billing.Rating.RateCards;

/// <summary>Tariffs as people keep them: published version by version, made the default, retired. A version is never edited.</summary>
public static class TariffBook
{
    private const int LongestNote = 500;

    /// <summary>All tariffs, by code.</summary>
    public static async Task<IReadOnlyList<TariffEntry>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select t.tariff_id, t.code, t.name, coalesce(v.version, 0), v.published_at, v.published_by, t.is_default, t.is_retired, t.version
            from rating.tariff t left join lateral (select version, published_at, published_by from rating.tariff_version v
                where v.tenant_id = t.tenant_id and v.tariff_id = t.tariff_id order by version desc limit 1) v on true
            order by t.code
            """,
            row => new TariffEntry(row.Long(0), row.Text(1), row.Text(2), row.Int(3), row.IsNull(4) ? null : row.Instant(4), row.MaybeText(5), row.Bool(6), row.Bool(7), row.Int(8)), cancellationToken);
    }

    /// <summary>A tariff's versions, the latest first.</summary>
    public static async Task<IReadOnlyList<TariffVersion>> LoadVersionsAsync(TenantDb db, long tariff, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select version, published_at, published_by, note, hash from rating.tariff_version where tariff_id = {tariff} order by version desc",
            row => new TariffVersion(row.Int(0), row.Instant(1), row.Text(2), row.MaybeText(3), row.Text(4)), cancellationToken);
    }

    /// <summary>The document of a version; null when there is none.</summary>
    public static Task<string?> FindDocumentAsync(TenantDb db, long tariff, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select document from rating.tariff_version where tariff_id = {tariff} and version = {version}", row => row.Text(0), cancellationToken);
    }

    /// <summary>What was entered for a version where that was only the difference from another tariff; null when it was entered whole.</summary>
    public static Task<string?> FindEnteredAsync(TenantDb db, long tariff, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select entered from rating.tariff_version where tariff_id = {tariff} and version = {version}", row => row.MaybeText(0), cancellationToken);
    }

    /// <summary>Reads a document, and puts it together with the latest version of the tariff it is based on where it says only what differs from that.</summary>
    /// <param name="db">The tenant, who has the base.</param>
    /// <param name="document">Whole, or with <c>basedOn</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<TariffReading> ReadAsync(TenantDb db, string document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(document);
        if (TariffInheritance.BaseOf(document) is not { } code) return TariffReader.Read(document);
        var from = await db.FindAsync($"""
            select v.version, v.document from rating.tariff t join rating.tariff_version v using (tenant_id, tariff_id)
            where t.code = {code} order by v.version desc limit 1
            """, row => (Version: row.Int(0), Document: row.Text(1)), cancellationToken);
        if (from.Document is not null) return TariffInheritance.Resolve(document, new TariffBase(code, from.Version), from.Document);
        var errors = new TariffErrors();
        errors.Add("tariff.no-such-base", "$.basedOn", $"There is no tariff with the code '{code}' to base this one on. Publish that one first, or write the code of one that is there.");
        return TariffReading.Refused(errors);
    }

    /// <summary>
    /// Publishes a document as the next version of the tariff with a code, and makes the tariff when there is none. The same as the latest is no new version.
    /// </summary>
    /// <param name="db">The tenant.</param>
    /// <param name="code">The tariff's code.</param>
    /// <param name="seen">The latest version that the publisher compared with; 0 for a new tariff; null when nobody looked (command line).</param>
    /// <param name="document">The document; one that is based on another tariff is put together with the latest version of that.</param>
    /// <param name="note">A sentence for colleagues; null for none.</param>
    /// <param name="publishedAt">Now.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The tariff's id and the version that holds now; <c>records.changed-meanwhile</c> when another version was published since.</returns>
    public static Task<Result<(long Id, int Version)>> PublishAsync(
        TenantDb db, string code, int? seen, string document, string? note, DateTimeOffset publishedAt, CancellationToken cancellationToken = default) =>
        PublishAsync(db, code, seen, document, null, note, publishedAt, cancellationToken);

    /// <param name="entered">The differences that the document was put together from beforehand, to be kept with it; null when there are none.</param>
    internal static async Task<Result<(long Id, int Version)>> PublishAsync(
        TenantDb db, string code, int? seen, string document, string? entered, string? note, DateTimeOffset publishedAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (new FieldChecks().Text("code", "The tariff's code", code, 40, isRequired: true).Text("note", "The note", note, LongestNote, mayHaveLines: true).Failures is [var wrong, ..]) return wrong;
        await db.LockAsync("tariff", cancellationToken);
        var reading = await ReadAsync(db, document, cancellationToken);
        if (!reading.IsAccepted) return new Failure(reading.Errors[0].Code, $"{reading.Errors[0].Place}: {reading.Errors[0].Message}") { Field = "document" };
        if (TariffInheritance.BaseOf(document) is not null) (document, entered) = (TariffWriter.Write(reading.Tariff), document);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
        var latest = await db.FindAsync($"""
            select t.tariff_id, v.version, v.hash, v.published_by from rating.tariff t
            left join lateral (select version, hash, published_by from rating.tariff_version v where v.tenant_id = t.tenant_id and v.tariff_id = t.tariff_id order by version desc limit 1) v on true
            where t.code = {code}
            """, row => (Id: row.Long(0), Version: row.IsNull(1) ? 0 : row.Int(1), Hash: row.MaybeText(2), By: row.MaybeText(3)), cancellationToken);
        if (latest.Hash == hash) return (latest.Id, latest.Version);
        if (seen is { } compared && compared != latest.Version)
            return new Failure(LastChange.ChangedMeanwhile, $"{latest.By} published version {latest.Version} of tariff {code} after you compared with version {compared}. Compare again before you publish.");

        var id = await db.ScalarAsync<long>($"""
            insert into rating.tariff (code, name, is_default)
            values ({code}, {reading.Tariff.Name}, {code == TariffShelf.DefaultCode} and not exists (select from rating.tariff where is_default))
            on conflict (tenant_id, code) do update set name = excluded.name, is_retired = false, version = rating.tariff.version + 1 returning tariff_id
            """, cancellationToken);
        await db.ExecuteAsync($"""
            insert into rating.tariff_version (tariff_id, version, document, hash, published_at, published_by, note, entered)
            values ({id}, {latest.Version + 1}, {document}, {hash}, {publishedAt.UtcDateTime}, {db.Actor.Name}, {note}, {entered})
            """, cancellationToken);
        return (id, latest.Version + 1);
    }

    /// <summary>Makes a tariff the one that prices calls of accounts without one of their own.</summary>
    /// <returns>The new version of the row, or why not.</returns>
    public static async Task<Result<int>> MakeDefaultAsync(TenantDb db, long tariff, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.LockAsync("tariff", cancellationToken);
        await db.ExecuteAsync($"update rating.tariff set is_default = false, version = version + 1 where is_default and tariff_id <> {tariff}", cancellationToken);
        var rows = await db.ExecuteAsync($"update rating.tariff set is_default = true, version = version + 1 where tariff_id = {tariff} and version = {version} and not is_retired", cancellationToken);
        return rows == 1 ? version + 1 : await StaleAsync(db, tariff, cancellationToken);
    }

    /// <summary>Retires a tariff that is not the default, or brings it back. Who has it keeps it; the caller says who that is.</summary>
    /// <returns>The new version of the row, or why not.</returns>
    public static async Task<Result<int>> RetireAsync(TenantDb db, long tariff, int version, bool isRetired, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync(
            $"update rating.tariff set is_retired = {isRetired}, version = version + 1 where tariff_id = {tariff} and version = {version}", cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.in-use", "It is the default: calls of accounts without a tariff of their own are priced by it. Make another one the default first.");
        return rows == 1 ? version + 1 : await StaleAsync(db, tariff, cancellationToken);
    }

    private static Task<Failure> StaleAsync(TenantDb db, long tariff, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "rating.tariff", "tariff_id", tariff, "This tariff", cancellationToken);
}
