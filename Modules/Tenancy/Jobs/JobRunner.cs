using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Tenancy.Jobs;

/// <summary>
/// Does a job, once it is somebody's turn. Told twice of one job, by two hosts or after a kill, the later one takes it over and the earlier one stops at its
/// next report; a job that is over is left alone.
/// </summary>
/// <param name="database">The installation's.</param>
/// <param name="kinds">What can be done.</param>
/// <param name="clock">The time.</param>
/// <param name="faults">Told of exceptions that the work did not expect, with a reference that the person sees too.</param>
public sealed class JobRunner(Database database, JobKinds kinds, TimeProvider clock, Action<Exception, string>? faults = null)
{
    /// <summary>A job that has ended its host this often is not begun again.</summary>
    private const int MostAttempts = 10;

    /// <summary>Runs a job.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">The host stops: the job goes back to waiting.</param>
    public async Task RunAsync(TenantId tenant, JobId id, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(tenant, id, cancellationToken) is not { } claim) return;
        var outcome = await WorkAsync(tenant, id, claim, cancellationToken);
        // The host's own end must not keep the outcome from being written.
        await EndAsync(tenant, id, claim.Attempt, outcome, CancellationToken.None);
    }

    private async Task<Claim?> ClaimAsync(TenantId tenant, JobId id, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant, cancellationToken);
        var claim = await db.FindAsync($"""
            update tenancy.job set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, {clock.GetUtcNow().UtcDateTime})
            where job_id = {id.Value} and state in ('waiting', 'running')
            returning kind, subject, arguments::text, attempt, actor_kind, actor_id, actor_name, cancel_requested
            """,
            row => new Claim(row.Text(0), row.Text(1), row.Text(2), row.Int(3), JobBook.ActorOf(row.Text(4), row.Maybe<long?>(5), row.Text(6)), row.Bool(7)), cancellationToken);
        await db.CommitAsync(cancellationToken);
        return claim;
    }

    private async Task<Outcome> WorkAsync(TenantId tenant, JobId id, Claim claim, CancellationToken cancellationToken)
    {
        if (claim.IsCancelRequested) return Outcome.Cancelled;
        if (claim.Attempt > MostAttempts)
            return new("failed", $"It was begun {MostAttempts} times and ended its host each time. What is in it must be looked at by whoever runs the installation.", "job.gave-up");
        if (kinds.Find(claim.Kind) is not { } kind)
            return new("failed", $"This build of Billing does not know how to do '{claim.Kind}'. Use the version that it was asked of.", "job.unknown-kind");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var run = new JobRun(database, clock, await new TenantDirectory(database).GetAsync(tenant, cancellationToken), id, claim.Subject, claim.Arguments, claim.Actor, claim.Attempt, stop);
            return (await kind.Work(run, stop.Token)).TryGet(out var said, out var failure) ? new("done", said, null) : new("failed", failure.Message, failure.Code);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return cancellationToken.IsCancellationRequested ? Outcome.HandedBack : Outcome.Cancelled;
        }
#pragma warning disable CA1031 // The last word on a job is a sentence in its row, whatever happened; the exception goes to the log.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            var reference = Guid.NewGuid().ToString("N")[..12];
            faults?.Invoke(fault, reference);
            return new("failed", $"It stopped at something nobody expected (reference {reference}). What was finished is kept; ask for it again, and if that fails too, tell whoever runs the installation.", "job.fault");
        }
    }

    private async Task EndAsync(TenantId tenant, JobId id, int attempt, Outcome outcome, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant, cancellationToken);
        DateTime? finishedAt = outcome.State == "waiting" ? null : clock.GetUtcNow().UtcDateTime;
        await db.ExecuteAsync($"""
            update tenancy.job set state = {outcome.State}, message = coalesce({outcome.Message}::text, message), failure_code = {outcome.Code}, finished_at = {finishedAt}::timestamptz,
                   done = case when {outcome.State} = 'done' then coalesce(total, done) else done end
            where job_id = {id.Value} and attempt = {attempt} and state = 'running'
            """, cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    private sealed record Claim(string Kind, string Subject, string Arguments, int Attempt, Users.Actor Actor, bool IsCancelRequested);

    private sealed record Outcome(string State, string? Message, string? Code)
    {
        public static Outcome Cancelled { get; } = new("cancelled", "Cancelled. What was finished before is kept.", null);

        /// <summary>The host stops: whoever comes next goes on.</summary>
        public static Outcome HandedBack { get; } = new("waiting", null, null);
    }
}
