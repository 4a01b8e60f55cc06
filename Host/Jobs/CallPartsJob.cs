using Billing.Usage.RatedCalls;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>Keeps the partitions of big files few.</summary>
internal sealed class CallPartsJob(CallParts parts) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await parts.KeepAsync(cancellationToken: cancellationToken);
}
