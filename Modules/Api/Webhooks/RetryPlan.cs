namespace Billing.Api.Webhooks;

/// <summary>When a failed delivery is tried again: soon at first, for a receiver that restarts; rarely later, for one that is broken.</summary>
public static class RetryPlan
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long to wait after so many attempts; null when it is given up, some three days after the first.</summary>
    /// <param name="attempts">Made so far, from 1.</param>
    public static TimeSpan? After(int attempts) => attempts >= 1 && attempts <= Waits.Length ? Waits[attempts - 1] : null;
}
