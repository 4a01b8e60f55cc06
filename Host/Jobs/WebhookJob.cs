using Billing.Api.Webhooks;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>Sends what is due to tenants' webhooks, several tenants at a time so that one with slow receivers does not keep the others waiting.</summary>
internal sealed class WebhookJob(WebhookSender sender) : IJob
{
    private const int TenantsAtOnce = 8;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(await sender.DueAsync(cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = cancellationToken },
            async (tenant, stop) => await sender.SendDueAsync(tenant, stop));
}
