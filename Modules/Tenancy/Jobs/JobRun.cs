using System.Text.Json;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Tenancy.Jobs;

/// <summary>One run of a job: whose it is, what it was told, and where it says how far it is.</summary>
public sealed class JobRun : IDisposable
{
    /// <summary>Progress is written at most this often: a row every few milliseconds would cost more than the work.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly string arguments;
    private readonly int attempt;
    private long toldAt;

    internal JobRun(Database database, TimeProvider clock, Tenant tenant, JobId id, string subject, string arguments, Actor actor, int attempt, CancellationTokenSource stop)
    {
        (this.database, this.clock, Tenant, Id, Subject, this.arguments, Actor, this.attempt, this.stop) = (database, clock, tenant, id, subject, arguments, actor, attempt, stop);
        toldAt = clock.GetTimestamp() - clock.TimestampFrequency;
    }

    /// <summary>How arguments are written.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Whose job.</summary>
    public Tenant Tenant { get; }

    /// <summary>The job.</summary>
    public JobId Id { get; }

    /// <summary>What it is about.</summary>
    public string Subject { get; }

    /// <summary>Who asked for it; what it changes is done in their name.</summary>
    public Actor Actor { get; }

    /// <summary>The time it is.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What it was told when it was asked for.</summary>
    public T Arguments<T>() => JsonSerializer.Deserialize<T>(arguments, Json) ?? throw new InvalidOperationException($"Job {Id.Value} has no arguments.");

    /// <summary>Begins a transaction in the name of who asked.</summary>
    public Task<TenantDb> BeginAsync(CancellationToken cancellationToken) => database.BeginAsync(Tenant.Id, Actor, cancellationToken);

    /// <summary>The same for long work that only looks; see <see cref="Database.BeginReadingAsync"/>.</summary>
    public Task<TenantDb> BeginReadingAsync(CancellationToken cancellationToken) => database.BeginReadingAsync(Tenant.Id, Actor, cancellationToken);

    /// <summary>
    /// Says how far the work is; told often, it writes now and then. Also the place where the work hears that somebody asked it to stop, or that
    /// another host has taken it over: the token it was given is cancelled then.
    /// </summary>
    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps to do; null while nobody knows.</param>
    /// <param name="message">What is being done, for a person.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task ReportAsync(long done, long? total, string message, CancellationToken cancellationToken = default)
    {
        var isLast = done == total;
        if (!isLast && clock.GetElapsedTime(Volatile.Read(ref toldAt)) < Pause) return;
        await writing.WaitAsync(cancellationToken);
        try
        {
            Volatile.Write(ref toldAt, clock.GetTimestamp());
            await using var db = await BeginAsync(cancellationToken);
            var goesOn = await db.FindAsync($"""
                update tenancy.job set done = {done}, total = {total}, message = {message} where job_id = {Id.Value} and attempt = {attempt} and state = 'running' returning not cancel_requested
                """, row => row.Bool(0), cancellationToken);
            await db.CommitAsync(cancellationToken);
            if (!goesOn) await stop.CancelAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The same for work that reports without waiting: what it says is written while it goes on, and a report that comes meanwhile is dropped.</summary>
    /// <param name="total">Steps to do.</param>
    /// <param name="message">What is being done, given how many steps are done.</param>
    public IProgress<int> Steps(long? total, Func<int, string> message) => new Told(this, total, message);

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private sealed class Told(JobRun run, long? total, Func<int, string> message) : IProgress<int>
    {
        // The work is a chain of database calls anyway; one more, now and then, keeps the order of reports without a queue.
        public void Report(int value) => run.ReportAsync(value, total, message(value), run.stop.Token).GetAwaiter().GetResult();
    }
}
