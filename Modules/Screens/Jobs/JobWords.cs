using Billing.Tenancy.Jobs;

namespace Billing.Screens.Jobs;

/// <summary>How a job's facts are said on screens.</summary>
public static class JobWords
{
    /// <summary>Its state in a word.</summary>
    public static string State(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job switch
        {
            { IsLive: true, IsCancelRequested: true } => "Stopping",
            { State: JobState.Waiting } => "Waiting",
            { State: JobState.Running } => "Running",
            { State: JobState.Done } => "Done",
            { State: JobState.Failed } => "Failed",
            _ => "Cancelled",
        };
    }

    /// <summary>The class of its badge.</summary>
    public static string Class(JobState state) => state switch
    {
        JobState.Running => "badge is-active is-running",
        JobState.Done => "badge is-good is-completed",
        JobState.Failed => "badge is-bad is-cancelled",
        JobState.Cancelled => "badge is-warning is-cancelled",
        _ => "badge",
    };
}
