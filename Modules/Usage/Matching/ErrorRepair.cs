using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Matching;

/// <summary>Prices the calls of a cause again after something was mended: first as a preview that changes nothing, then in earnest.</summary>
public sealed class ErrorRepair(Database database, TimeProvider clock)
{
    /// <summary>The job that re-rates a cause with many calls.</summary>
    public const string JobKind = "usage.rerate";

    /// <summary>The job that tries all errors again after something changed that they may have waited for; the database asks for it, see <c>usage.cause_changed</c>.</summary>
    public const string RetryKind = "usage.retry-errors";

    /// <summary>From this many calls on it is a job; below, the answer is there before a page is.</summary>
    public const int Many = 5000;

    /// <summary>What re-rating a cause would do: the very same work, undone at its end.</summary>
    public async Task<RerateOutcome> PreviewAsync(Tenant tenant, Actor actor, ErrorCause cause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        return await Rerating.RunAsync(db, tenant, cause, null, cancellationToken);
    }

    /// <summary>Re-rates a cause now.</summary>
    public async Task<RerateOutcome> RerateAsync(Tenant tenant, Actor actor, ErrorCause cause, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        var outcome = await Rerating.RunAsync(db, tenant, cause, progress, cancellationToken);
        if (outcome.Calls > 0)
            db.Note(new Deed("errors.re-rated", "billing-error", new { cause.Code, cause.Subject }, new { outcome.Calls, outcome.Cleared, outcome.StillFailing, outcome.Moved, outcome.Worth }));
        await db.CommitAsync(cancellationToken);
        return outcome;
    }

    /// <summary>What a remedy would do: done, counted, and undone at once.</summary>
    /// <param name="tenant">Its clock.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="keys">The causes, by their keys; those that have no calls any more are left out.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<Result<RerateOutcome>> PreviewAsync(Tenant tenant, Actor actor, IReadOnlyCollection<string> keys, Remedy remedy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        return await Remedies.ApplyAsync(db, tenant, await ChosenAsync(db, keys, cancellationToken), remedy, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Does it; parameters as for the preview.</summary>
    public async Task<Result<RerateOutcome>> ApplyAsync(Tenant tenant, Actor actor, IReadOnlyCollection<string> keys, Remedy remedy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        var outcome = await Remedies.ApplyAsync(db, tenant, await ChosenAsync(db, keys, cancellationToken), remedy, clock.GetUtcNow(), cancellationToken);
        if (outcome.TryGet(out _, out _)) await db.CommitAsync(cancellationToken);
        return outcome;
    }

    /// <summary>Takes a mending back; see <see cref="Remedies.UndoAsync"/>.</summary>
    public async Task<Result<int>> UndoAsync(Tenant tenant, Actor actor, long mending, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        var back = await Remedies.UndoAsync(db, tenant, mending, clock.GetUtcNow(), cancellationToken);
        if (back.TryGet(out _, out _)) await db.CommitAsync(cancellationToken);
        return back;
    }

    internal static async Task<IReadOnlyList<ErrorGroup>> ChosenAsync(TenantDb db, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        [.. (await ErrorDesk.LoadAsync(db, cancellationToken)).Where(group => keys.Contains(group.Cause.Key))];

    /// <summary>Asks for a cause to be re-rated by a job.</summary>
    public async Task<JobId> RequestAsync(Tenant tenant, Actor actor, ErrorCause cause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        var id = await RequestAsync(db, cause, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>The same, in a transaction of the caller's.</summary>
    internal async Task<JobId> RequestAsync(TenantDb db, ErrorCause cause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return (await JobBook.RequestAsync(db, JobKind, "cause/" + cause.Key, cause, clock.GetUtcNow(), mayCancel: true, cancellationToken)).Id;
    }

    /// <summary>An outcome in a sentence: what it clears, what it leaves, what it uncovers.</summary>
    public static string Say(RerateOutcome outcome, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var same = outcome.StillFailing - outcome.Moved;
        return string.Create(CultureInfo.InvariantCulture,
            $"{outcome.Cleared:N0} of {outcome.Calls:N0} {(outcome.Calls == 1 ? "call" : "calls")} cleared, worth {outcome.Worth:0.00####} {currency}; {same:N0} as before; {outcome.Moved:N0} with another error now.");
    }

    internal async Task<Result<string>> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var cause = run.Arguments<ErrorCause>();
        var outcome = await RerateAsync(run.Tenant, run.Actor, cause, run.Steps(null, calls => string.Create(CultureInfo.InvariantCulture, $"{calls:N0} calls priced")), cancellationToken);
        return Say(outcome, run.Tenant.Currency);
    }

    /// <summary>Tries all errors again. Done twice it is done once; with nothing to clear it leaves no trace.</summary>
    internal async Task<Result<string>> RetryAsync(JobRun run, CancellationToken cancellationToken)
    {
        await using var db = await run.BeginAsync(cancellationToken);
        await db.LockAsync("rating", cancellationToken);
        await ReviveAsync(db, run.Tenant, cancellationToken);
        var outcome = await Rerating.RunAsync(db, run.Tenant, onlyErrors: true, cancellationToken);
        if (outcome.Cleared + outcome.Moved > 0)
        {
            var id = await MendingBook.AddAsync(db, "retry", [], null, null, outcome, clock.GetUtcNow(), cancellationToken);
            db.Note(new Deed("errors.retried", "billing-error", new { MendingId = id }, new { outcome.Calls, outcome.Cleared, outcome.Moved, outcome.Worth }));
        }
        await db.CommitAsync(cancellationToken);
        return Say(outcome, run.Tenant.Currency);
    }

    // Calls that are within the limit for late calls by now: they are priced like the others.
    private static Task<int> ReviveAsync(TenantDb db, Tenant tenant, CancellationToken cancellationToken) => db.ExecuteAsync($"""
        update usage.call c set error_code = 'rating.not-tried', error_subject = null, error_message = 'It came late, and is within the limit for late calls now.'
        from (select file_id, max(started_at) as newest from usage.call
              where (state <> 'duplicate' or duplicate_of_file > file_id) and file_id in (select file_id from usage.call where state = 'error' and error_code = 'usage.too-old') group by file_id) n
        where c.file_id = n.file_id and c.state = 'error' and c.error_code = 'usage.too-old' and c.is_answered and c.started_at >= n.newest - make_interval(days => {tenant.LateCallDays})
        """, cancellationToken);
}
