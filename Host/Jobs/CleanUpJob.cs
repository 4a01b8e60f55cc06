using Billing.Api.Webhooks;
using Billing.Tenancy.Users;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>Removes what is over and nobody asks for any more: old deliveries of webhooks, past sign-ins, used links.</summary>
internal sealed class CleanUpJob(OldDeliveries deliveries, PastSignIns signIns) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await deliveries.RemoveAsync(cancellationToken: cancellationToken);
        await signIns.RemoveAsync(cancellationToken: cancellationToken);
    }
}
