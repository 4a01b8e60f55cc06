using Billing.Usage.Arrivals;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>Looks every minute for files that should be here and are not.</summary>
internal sealed class ArrivalJob(ArrivalWatch watch) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await watch.LookAsync(cancellationToken);
}
