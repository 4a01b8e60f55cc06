using System.Globalization;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.WhatIf;

/// <summary>Questions and their results, as they are kept; a job replays.</summary>
public static class WhatIfBook
{
    /// <summary>The job that replays.</summary>
    public const string JobKind = "usage.what-if";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Keeps a question and asks for its replay.</summary>
    /// <param name="db">The tenant; committed by the caller.</param>
    /// <param name="tenant">Its currency.</param>
    /// <param name="wish">The question.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What is kept, or what is wrong with the question; see <see cref="WhatIfPlanning.PlanAsync"/>.</returns>
    public static async Task<Result<StoredWhatIf>> AskAsync(TenantDb db, Tenant tenant, WhatIfWish wish, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!(await WhatIfPlanning.PlanAsync(db, tenant, wish, cancellationToken)).TryGet(out var plan, out var wrong)) return wrong;
        var id = await db.ScalarAsync<long>($"""
            insert into usage.what_if (name, from_on, months, moves, asked_by, asked_at)
            values ({plan.Name}, {plan.From}, {plan.Months}, {JsonSerializer.Serialize(plan.Moves, Json)}::jsonb, {db.Actor.Name}, {at.UtcDateTime}) returning what_if_id
            """, cancellationToken);
        foreach (var (draft, i) in plan.Drafts.Select((draft, i) => (draft, i)))
            await db.ExecuteAsync($"""
                insert into usage.what_if_draft (what_if_id, place, tariff, document, percent, version) values ({id}, {i + 1}, {draft.Tariff}, {draft.Document}, {draft.Percent}::numeric, {draft.Version}::int)
                """, cancellationToken);
        await JobBook.RequestAsync(db, JobKind, StoredWhatIf.SubjectOf(id), new { }, at, mayCancel: true, cancellationToken);
        return (await FindAsync(db, id, cancellationToken))!;
    }

    /// <summary>Asks for the replay of a question that is kept once more, with the calls and the published tariffs of now.</summary>
    /// <returns>What is kept; <c>what-if.not-found</c> where it is not.</returns>
    public static async Task<Result<StoredWhatIf>> AskAgainAsync(TenantDb db, long id, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await FindAsync(db, id, cancellationToken) is null) return NotFound(id);
        await JobBook.RequestAsync(db, JobKind, StoredWhatIf.SubjectOf(id), new { }, at, mayCancel: true, cancellationToken);
        return (await FindAsync(db, id, cancellationToken))!;
    }

    /// <summary>All that are kept, the newest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    /// <param name="since">Only those that were asked, or whose result came, at this instant or later; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<IReadOnlyList<StoredWhatIf>> ListAsync(TenantDb db, long? before, DateTimeOffset? since, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return LoadAsync(db, null, before, since, most, cancellationToken);
    }

    /// <summary>One by its number; null when there is none.</summary>
    public static async Task<StoredWhatIf?> FindAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = await LoadAsync(db, id, null, null, 1, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The document of a draft, to be published or looked at; null when there is none.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="id">The question.</param>
    /// <param name="place">Which draft, from 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<WhatIfDraft?> FindDraftAsync(TenantDb db, long id, int place, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select tariff, document, percent, version from usage.what_if_draft where what_if_id = {id} and place = {place}", ReadDraft, cancellationToken);
    }

    /// <summary>Removes a question with its result.</summary>
    /// <returns>False where there is none.</returns>
    public static async Task<bool> RemoveAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"delete from usage.what_if where what_if_id = {id}", cancellationToken) == 1;
    }

    /// <summary>The job. It only looks while it replays; what it found is written at the end, in the place of what was found before.</summary>
    internal static async Task<Result<string>> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var id = long.Parse(run.Subject.AsSpan("what-if/".Length), NumberStyles.None, CultureInfo.InvariantCulture);
        WhatIfOutcome outcome;
        await using (var reading = await run.BeginReadingAsync(cancellationToken))
        {
            if (await FindPlanAsync(reading, id, cancellationToken) is not { } plan) return NotFound(id);
            var replayed = await WhatIfReplay.RunAsync(reading, run.Tenant, plan,
                (done, total) => run.ReportAsync(done, total, string.Create(CultureInfo.InvariantCulture, $"{done:N0} calls replayed"), cancellationToken), cancellationToken);
            if (!replayed.TryGet(out outcome!, out var refused)) return refused;
        }
        await using var db = await run.BeginAsync(cancellationToken);
        await db.LockAsync(run.Subject, cancellationToken);
        if (await db.ExecuteAsync($"update usage.what_if set finished_at = {run.Now.UtcDateTime} where what_if_id = {id}", cancellationToken) == 0) return NotFound(id);
        await WhatIfRows.ReplaceAsync(db, id, outcome, cancellationToken);
        db.Note(new Deed("what-if.replayed", "what-if", new { WhatIfId = id }, new { outcome.Total.Calls, outcome.Total.Before, outcome.Total.After, outcome.Total.Lost }));
        await db.CommitAsync(cancellationToken);
        return Say(outcome.Total, run.Tenant.Currency);
    }

    /// <summary>What came out, in a sentence.</summary>
    public static string Say(WhatIfFigures total, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(total);
        return string.Create(CultureInfo.InvariantCulture,
            $"{total.Calls:N0} {(total.Calls == 1 ? "call" : "calls")} replayed: {total.Before:0.00####} {currency} before, {total.After:0.00####} {currency} after; {total.PricedOtherwise:N0} priced otherwise, {total.Lost:N0} without a price.");
    }

    /// <summary>The plan of a question that is kept; null when there is none.</summary>
    internal static async Task<WhatIfPlan?> FindPlanAsync(TenantDb db, long id, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, id, cancellationToken) is not { } stored) return null;
        var drafts = await db.QueryAsync($"select tariff, document, percent, version from usage.what_if_draft where what_if_id = {id} order by place", ReadDraft, cancellationToken);
        return new WhatIfPlan(stored.Name, stored.From, stored.Months, drafts, stored.Moves);
    }

    private static async Task<IReadOnlyList<StoredWhatIf>> LoadAsync(TenantDb db, long? id, long? before, DateTimeOffset? since, int most, CancellationToken cancellationToken)
    {
        var found = await db.QueryAsync($"""
            select what_if_id, name, from_on, months, moves::text, asked_by, asked_at, finished_at from usage.what_if
            where ({id}::bigint is null or what_if_id = {id}::bigint) and ({before}::bigint is null or what_if_id < {before}::bigint)
              and ({since?.UtcDateTime}::timestamptz is null or greatest(asked_at, finished_at) >= {since?.UtcDateTime}::timestamptz)
            order by what_if_id desc limit {most}
            """,
            row => new StoredWhatIf(row.Long(0), row.Text(1), row.Date(2), row.Int(3), JsonSerializer.Deserialize<List<WhatIfMove>>(row.Text(4), Json)!, row.Text(5), row.Instant(6), row.IsNull(7) ? null : row.Instant(7)),
            cancellationToken);
        var ids = found.Select(one => one.Id).ToArray();
        var drafts = (await db.QueryAsync($"select what_if_id, tariff, '', percent, version from usage.what_if_draft where what_if_id = any({ids}) order by what_if_id, place",
            row => (Id: row.Long(0), new WhatIfDraft(row.Text(1), "", row.Maybe<decimal?>(3), row.Maybe<int?>(4)).Words), cancellationToken)).ToLookup(d => d.Id, d => d.Words);
        var totals = await WhatIfRows.TotalsAsync(db, ids, cancellationToken);
        var stored = new List<StoredWhatIf>(found.Count);
        foreach (var one in found)
            stored.Add(one with { Drafts = [.. drafts[one.Id]], Total = totals.GetValueOrDefault(one.Id), Job = await JobBook.FindLastAsync(db, JobKind, one.Subject, cancellationToken) });
        return stored;
    }

    private static WhatIfDraft ReadDraft(Row row) => new(row.Text(0), row.Text(1), row.Maybe<decimal?>(2), row.Maybe<int?>(3));

    private static Failure NotFound(long id) => new("what-if.not-found", string.Create(CultureInfo.InvariantCulture, $"There is no what-if {id}."));
}
