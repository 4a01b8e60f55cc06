using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Npgsql;

namespace Billing.Tenancy.Jobs;

/// <summary>The jobs of a tenant: asked for, looked at, stopped.</summary>
public static class JobBook
{
    /// <summary>
    /// Asks for work, in the transaction of the change that wants it done: committed together or not at all. Where a job of the same kind and subject is
    /// alive, that one is answered with and no second one is made.
    /// </summary>
    /// <param name="db">The tenant and who asks.</param>
    /// <param name="kind">What kind of work.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="arguments">What the work needs to know besides, as JSON; see <see cref="JobRun.Arguments"/>.</param>
    /// <param name="at">Now.</param>
    /// <param name="mayCancel">See <see cref="JobKind.MayCancel"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The job, and whether it is a new one.</returns>
    public static async Task<(JobId Id, bool IsNew)> RequestAsync(
        TenantDb db, string kind, string subject, object arguments, DateTimeOffset at, bool mayCancel = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var json = JsonSerializer.Serialize(arguments, JobRun.Json);
        while (true)
        {
            var made = await db.FindAsync($"""
                insert into tenancy.job (kind, subject, arguments, actor_kind, actor_id, actor_name, may_cancel, requested_at)
                select {kind}, {subject}, {json}::jsonb, a->>'kind', (a->>'id')::bigint, a->>'name', {mayCancel}, {at.UtcDateTime}
                from (select current_setting('billing.actor')::jsonb a) actor
                on conflict (tenant_id, kind, subject) where state in ('waiting', 'running') do nothing
                returning job_id
                """, row => new JobId?(new JobId(row.Long(0))), cancellationToken);
            if (made is { } id)
            {
                db.RingAfterCommit(id);
                db.Note(new Deed("job.requested", "job", new { JobId = id.Value }, new { kind, subject }));
                return (id, true);
            }
            // Between the two statements the living one may have ended; then there is room for a new one.
            if (await FindLiveAsync(db, kind, subject, cancellationToken) is { } live) return (live.Id, false);
        }
    }

    /// <summary>A job by its number; null when there is none.</summary>
    public static async Task<Job?> FindAsync(TenantDb db, JobId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select job_id, kind, subject, state, done, total, message, failure_code, actor_kind, actor_id, actor_name, may_cancel, cancel_requested, attempt, requested_at, started_at, finished_at
            from tenancy.job where job_id = {id.Value}
            """, Read, cancellationToken);
    }

    /// <summary>The job of a kind and subject that is alive; null when none is.</summary>
    public static async Task<Job?> FindLiveAsync(TenantDb db, string kind, string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select job_id, kind, subject, state, done, total, message, failure_code, actor_kind, actor_id, actor_name, may_cancel, cancel_requested, attempt, requested_at, started_at, finished_at
            from tenancy.job where kind = {kind} and subject = {subject} and state in ('waiting', 'running')
            """, Read, cancellationToken);
    }

    /// <summary>The job of a kind and subject that was asked for last, alive or over; null when there was none.</summary>
    public static async Task<Job?> FindLastAsync(TenantDb db, string kind, string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select job_id, kind, subject, state, done, total, message, failure_code, actor_kind, actor_id, actor_name, may_cancel, cancel_requested, attempt, requested_at, started_at, finished_at
            from tenancy.job where kind = {kind} and subject = {subject} order by job_id desc limit 1
            """, Read, cancellationToken);
    }

    /// <summary>The latest jobs, newest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<Job>> ListAsync(TenantDb db, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select job_id, kind, subject, state, done, total, message, failure_code, actor_kind, actor_id, actor_name, may_cancel, cancel_requested, attempt, requested_at, started_at, finished_at
            from tenancy.job order by job_id desc limit {most}
            """, Read, cancellationToken);
    }

    /// <summary>Jobs of some kinds, newest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="kinds">Names of the kinds that are wanted.</param>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    /// <param name="since">Only those that were asked for, begun or over at this instant or later; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<Job>> WalkAsync(TenantDb db, IReadOnlyCollection<string> kinds, long? before, DateTimeOffset? since, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select job_id, kind, subject, state, done, total, message, failure_code, actor_kind, actor_id, actor_name, may_cancel, cancel_requested, attempt, requested_at, started_at, finished_at
            from tenancy.job
            where kind = any ({kinds.ToArray()}) and ({before}::bigint is null or job_id < {before}::bigint)
              and ({since?.UtcDateTime}::timestamptz is null or greatest(requested_at, started_at, finished_at) >= {since?.UtcDateTime}::timestamptz)
            order by job_id desc limit {most}
            """, Read, cancellationToken);
    }

    /// <summary>Asks a job to stop. One that nobody has begun is over at once; one that runs stops at its next step.</summary>
    /// <returns><c>job.not-found</c>, <c>job.over</c> or <c>job.no-cancel</c> where it can't be.</returns>
    public static async Task<Result<JobState>> CancelAsync(TenantDb db, JobId id, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var stopped = await db.FindAsync($"""
            update tenancy.job set cancel_requested = true, state = case when state = 'waiting' then 'cancelled' else state end,
                   finished_at = case when state = 'waiting' then {at.UtcDateTime} end,
                   message = case when state = 'waiting' then {$"Cancelled by {db.Actor.Name} before it began."} else message end
            where job_id = {id.Value} and may_cancel and state in ('waiting', 'running') returning state
            """, row => row.Text(0), cancellationToken);
        if (stopped is not null)
        {
            db.Note(new Deed("job.cancelled", "job", new { JobId = id.Value }));
            return StateOf(stopped);
        }
        return await FindAsync(db, id, cancellationToken) switch
        {
            null => new Failure("job.not-found", $"There is no job {id.Value}."),
            { IsLive: false } over => new Failure("job.over", $"Job {id.Value} is {over.State.ToString().ToLowerInvariant()} already: there is nothing left to stop."),
            _ => new Failure("job.no-cancel", $"Job {id.Value} can't be stopped half-way: it ends by itself."),
        };
    }

    /// <summary>The operator's list: all tenants' jobs, those alive first, then the newest.</summary>
    public static async Task<IReadOnlyList<JobOfAll>> OfAllAsync(Database database, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.Source.CreateCommand("select slug, job_id, kind, state, attempt, done, total, failure_code, requested_at, started_at, finished_at from tenancy.jobs_of_all($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (jobs, row) = (new List<JobOfAll>(), new Row(reader));
        while (await reader.ReadAsync(cancellationToken))
            jobs.Add(new JobOfAll(row.Text(0), new JobId(row.Long(1)), row.Text(2), StateOf(row.Text(3)), row.Int(4), row.Long(5), row.Maybe<long?>(6), row.MaybeText(7),
                row.Instant(8), InstantOrNull(row, 9), InstantOrNull(row, 10)));
        return jobs;
    }

    /// <summary>Every job on the installation that is waiting or running, oldest first: what the scheduler must know of.</summary>
    public static async Task<IReadOnlyList<(TenantId Tenant, JobId Job)>> LiveAsync(Database database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.Source.CreateCommand("select tenant_id, job_id from tenancy.live_jobs()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<(TenantId, JobId)>();
        while (await reader.ReadAsync(cancellationToken)) jobs.Add((new TenantId(reader.GetInt32(0)), new JobId(reader.GetInt64(1))));
        return jobs;
    }

    internal static Actor ActorOf(string kind, long? id, string name) => new(Enum.Parse<ActorKind>(kind.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), id, name);

    private static JobState StateOf(string state) => Enum.Parse<JobState>(state, ignoreCase: true);

    private static DateTimeOffset? InstantOrNull(Row row, int column) => row.IsNull(column) ? null : row.Instant(column);

    private static Job Read(Row row) => new(
        new JobId(row.Long(0)), row.Text(1), row.Text(2), StateOf(row.Text(3)), row.Long(4), row.Maybe<long?>(5), row.MaybeText(6),
        row.MaybeText(7) is { } code ? new Failure(code, row.Text(6)) : null, ActorOf(row.Text(8), row.Maybe<long?>(9), row.Text(10)), row.Bool(11), row.Bool(12), row.Int(13),
        row.Instant(14), InstantOrNull(row, 15), InstantOrNull(row, 16));
}
