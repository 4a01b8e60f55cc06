using System.Globalization;
using Billing.Tenancy;
using Billing.Tenancy.Jobs;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>What Quartz holds of one of our jobs: a key of two numbers, no data. What is to be done stands in the job's row.</summary>
internal sealed class RunJob(JobRunner runner) : IJob
{
    /// <summary>The group of all of them.</summary>
    public const string Group = "jobs";

    public static JobKey KeyOf(TenantId tenant, JobId job) => new(string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}/{job.Value}"), Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var key = context.JobDetail.Key.Name.Split('/');
        await runner.RunAsync(new TenantId(int.Parse(key[0], CultureInfo.InvariantCulture)), new JobId(long.Parse(key[1], CultureInfo.InvariantCulture)), cancellationToken);
    }
}
