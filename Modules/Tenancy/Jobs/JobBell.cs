namespace Billing.Tenancy.Jobs;

/// <summary>
/// Rings when a job's row is committed, so that the scheduler hears of it at once. Only a convenience: a ring that nobody heard is made good by the
/// scheduler's own look at the rows.
/// </summary>
public sealed class JobBell
{
    /// <summary>Called after the commit; must not throw.</summary>
    public Func<TenantId, JobId, Task>? Rung { get; set; }

    internal Task RingAsync(TenantId tenant, JobId job) => Rung?.Invoke(tenant, job) ?? Task.CompletedTask;
}
