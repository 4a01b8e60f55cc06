using Quartz;

namespace Billing.Host.Jobs;

/// <summary>Looks again and again for jobs that Quartz does not know of: asked for by a host that was killed before it could say so, or handed back by one that stopped.</summary>
internal sealed class SweepJob(JobSchedule schedule) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await schedule.SweepAsync(context.Scheduler, cancellationToken);
}
