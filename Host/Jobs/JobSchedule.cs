using System.Data.Common;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>
/// Puts jobs before Quartz: each at the moment its row is committed, all that were missed at the sweep, and what is looked after now and then. Begins when
/// the host has started, so that nobody waits for the scheduler who only wants a page.
/// </summary>
internal sealed class JobSchedule(ISchedulerFactory quartz, Database database, IEnumerable<RepeatedWork> repeated, JobDuty duty, IHostApplicationLifetime host, ILogger<JobSchedule> log)
    : BackgroundService
{
    private static readonly RepeatedWork Sweep = new("sweep", typeof(SweepJob), TimeSpan.FromSeconds(10));

    // The scheduler's beginning keeps a processor busy: with it, whoever waits for the program's first page waits a seventh longer.
    private static readonly TimeSpan PagesFirst = TimeSpan.FromSeconds(1);

    private IScheduler? scheduler;
    private volatile bool isStopping;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(PagesFirst, stoppingToken);
        // Not given up half-way: what has begun is shut down in StopAsync.
        scheduler = await quartz.GetScheduler(CancellationToken.None);
        // What is asked for before this is found by the sweep.
        database.Jobs.Rung = RungAsync;
        foreach (var work in repeated.Prepend(Sweep))
        {
            var job = JobBuilder.Create().OfType(work.Job).WithIdentity(work.Name).DisallowConcurrentExecution().Build();
            var often = TriggerBuilder.Create().WithIdentity(work.Name).StartNow().WithSimpleSchedule(every => every.WithInterval(work.Every).RepeatForever()).Build();
            await scheduler.ScheduleJob(job, often, ScheduleJobOptions.Replacing, stoppingToken);
        }
        if (duty.Works) await scheduler.Start(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        database.Jobs.Rung = null;
        await base.StopAsync(cancellationToken);
        if (scheduler is null) return;
        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        await SayGoodbyeAsync(scheduler.SchedulerInstanceId, cancellationToken);
    }

    // A host that has said goodbye is not one that has failed: the others need not recover it.
    private async Task SayGoodbyeAsync(string instance, CancellationToken cancellationToken)
    {
        try
        {
            await using var forget = database.Pool.CreateCommand("delete from quartz.scheduler_state where instance_name = $1");
            var name = forget.CreateParameter();
            name.Value = instance;
            forget.Parameters.Add(name);
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception gone) when (gone is DbException or ObjectDisposedException)
        {
            // Without its database there is nobody to say goodbye to. The other hosts find out by themselves.
            log.LogWarning("The database was gone before the scheduler: {Message}", gone.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Schedules every job that is alive and not scheduled.</summary>
    public async Task SweepAsync(IScheduler sweeping, CancellationToken cancellationToken)
    {
        foreach (var (tenant, job) in await JobBook.LiveAsync(database, cancellationToken))
        {
            // One that is being shut down takes no more; another host's sweep finds what is left.
            if (isStopping) return;
            await ScheduleAsync(sweeping, tenant, job, cancellationToken);
        }
    }

    private async Task RungAsync(TenantId tenant, JobId job)
    {
#pragma warning disable CA1031 // The row is committed: whatever keeps Quartz from hearing of it now, the sweep tells it.
        try
        {
            await ScheduleAsync(await quartz.GetScheduler(), tenant, job, CancellationToken.None);
        }
        catch (Exception problem)
        {
            log.LogWarning("Job {Tenant}/{Job} could not be scheduled at once and waits for the next sweep: {Message}", tenant.Value, job.Value, problem.Message.ReplaceLineEndings(" "));
        }
#pragma warning restore CA1031
    }

    // Under one key, so that a job is scheduled once however many hosts try.
    private static async Task ScheduleAsync(IScheduler scheduler, TenantId tenant, JobId job, CancellationToken cancellationToken)
    {
        var key = RunJob.KeyOf(tenant, job);
        if (await scheduler.Exists(key, cancellationToken)) return;
        try
        {
            await scheduler.ScheduleJob(
                JobBuilder.Create<RunJob>().WithIdentity(key).DisallowConcurrentExecution().RequestRecovery().Build(),
                TriggerBuilder.Create().WithIdentity(key.Name, key.Group).StartNow().Build(), default, cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another host was a moment faster.
        }
    }
}
