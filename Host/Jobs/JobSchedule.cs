using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>Puts jobs before Quartz: each at the moment its row is committed, all that were missed at the sweep, and what is looked after now and then.</summary>
internal sealed class JobSchedule(ISchedulerFactory quartz, Database database, IEnumerable<RepeatedWork> repeated, ILogger<JobSchedule> log) : IHostedService
{
    private static readonly RepeatedWork Sweep = new("sweep", typeof(SweepJob), TimeSpan.FromSeconds(10));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await quartz.GetScheduler(cancellationToken);
        foreach (var work in repeated.Prepend(Sweep))
        {
            var job = JobBuilder.Create().OfType(work.Job).WithIdentity(work.Name).DisallowConcurrentExecution().Build();
            var often = TriggerBuilder.Create().WithIdentity(work.Name).StartNow().WithSimpleSchedule(every => every.WithInterval(work.Every).RepeatForever()).Build();
            await scheduler.ScheduleJob(job, often, ScheduleJobOptions.Replacing, cancellationToken);
        }
        database.Jobs.Rung = RungAsync;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        database.Jobs.Rung = null;
        return Task.CompletedTask;
    }

    /// <summary>Schedules every job that is alive and not scheduled.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var scheduler = await quartz.GetScheduler(cancellationToken);
        foreach (var (tenant, job) in await JobBook.LiveAsync(database, cancellationToken)) await ScheduleAsync(scheduler, tenant, job, cancellationToken);
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
