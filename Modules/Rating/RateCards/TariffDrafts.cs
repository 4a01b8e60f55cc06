using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Rating.RateCards;

/// <summary>Versions that were sent in and read, and wait for somebody to publish exactly that. Nothing is priced by them.</summary>
public static class TariffDrafts
{
    /// <summary>Drafts a tariff can have at once: a program that sends and never publishes is to be noticed before the disk is full.</summary>
    public const int Most = 20;

    /// <summary>Keeps a proposal.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="tariff">The tariff that would get the version.</param>
    /// <param name="proposal">The version.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The draft; <c>tariff.too-many-drafts</c> where <see cref="Most"/> wait already.</returns>
    public static async Task<Result<TariffDraft>> KeepAsync(TenantDb db, TariffEntry tariff, TariffProposal proposal, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tariff);
        ArgumentNullException.ThrowIfNull(proposal);
        await db.LockAsync("tariff", cancellationToken);
        if (await db.ScalarAsync<long>($"select count(*) from rating.tariff_draft where tariff_id = {tariff.Id}", cancellationToken) >= Most)
            return new Failure("tariff.too-many-drafts", $"{Most} drafts of tariff {tariff.Code} wait already. Publish or discard some of them first.");
        var changes = proposal.Changes;
        var id = await db.ScalarAsync<long>($"""
            insert into rating.tariff_draft (tariff_id, seen, document, entered, rates, added, changed, removed, frame, made_at, made_by)
            values ({tariff.Id}, {proposal.Seen}, {proposal.Document}, {proposal.Entered}, {proposal.Tariff.Rates.Count}, {changes.Added.Count}, {changes.Changed.Count}, {changes.Removed.Count},
                    {changes.Frame.ToArray()}, {now.UtcDateTime}, {db.Actor.Name}) returning draft_id
            """, cancellationToken);
        return (await FindAsync(db, tariff.Id, id, cancellationToken))!;
    }

    /// <summary>A tariff's drafts, the newest first.</summary>
    public static async Task<IReadOnlyList<TariffDraft>> LoadAsync(TenantDb db, long tariff, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select draft_id, seen, rates, added, changed, removed, frame, made_at, made_by from rating.tariff_draft where tariff_id = {tariff} order by draft_id desc
            """, Read, cancellationToken);
    }

    /// <summary>One of a tariff's drafts; null when there is none such.</summary>
    public static Task<TariffDraft?> FindAsync(TenantDb db, long tariff, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select draft_id, seen, rates, added, changed, removed, frame, made_at, made_by from rating.tariff_draft where tariff_id = {tariff} and draft_id = {id}", Read, cancellationToken);
    }

    /// <summary>The version that a draft would publish, and the differences it was put together from; null when there is no such draft.</summary>
    public static async Task<(string Document, string? Entered)?> FindDocumentAsync(TenantDb db, long tariff, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await db.QueryAsync($"select document, entered from rating.tariff_draft where tariff_id = {tariff} and draft_id = {id}", row => (row.Text(0), row.MaybeText(1)), cancellationToken)) is [var found] ? found : null;
    }

    /// <summary>Publishes a draft as the next version, and is done with it.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="tariff">Its tariff.</param>
    /// <param name="id">The draft.</param>
    /// <param name="note">A sentence for colleagues; null for none.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The version that holds now; <c>records.changed-meanwhile</c> when another one was published since the draft was compared, <c>records.gone</c> when there is no such draft.</returns>
    public static async Task<Result<int>> PublishAsync(TenantDb db, TariffEntry tariff, long id, string? note, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tariff);
        await db.LockAsync("tariff", cancellationToken);
        if (await FindAsync(db, tariff.Id, id, cancellationToken) is not { } draft || await FindDocumentAsync(db, tariff.Id, id, cancellationToken) is not var (document, entered))
            return new Failure(LastChange.Gone, string.Create(CultureInfo.InvariantCulture, $"Tariff {tariff.Code} has no draft {id}, or not any more."));
        if (!(await TariffBook.PublishAsync(db, tariff.Code, draft.Seen, document, entered, note, now, cancellationToken)).TryGet(out var published, out var refused)) return refused;
        await DiscardAsync(db, tariff.Id, id, cancellationToken);
        return published.Version;
    }

    /// <summary>Gives a draft up.</summary>
    /// <returns>False when there is no such draft.</returns>
    public static async Task<bool> DiscardAsync(TenantDb db, long tariff, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"delete from rating.tariff_draft where tariff_id = {tariff} and draft_id = {id}", cancellationToken) > 0;
    }

    private static TariffDraft Read(Row row) =>
        new(row.Long(0), row.Int(1), row.Int(2), row.Int(3), row.Int(4), row.Int(5), row.Get<string[]>(6), row.Instant(7), row.Text(8));
}
