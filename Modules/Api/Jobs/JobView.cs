using System.ComponentModel;
using Billing.Api.Answers;
using Billing.Tenancy.Jobs;

namespace Billing.Api.Jobs;

/// <summary>A job in the API.</summary>
public sealed record JobView(
    long Id,
    [property: Description("What kind of work: usage.import, billing.draft, billing.post, ...")] string Kind,
    [property: Description("What it is about, such as upload/3 or run/4.")] string Subject,
    JobState State,
    [property: Description("True while something is still to come: ask again until it is false.")] bool IsLive,
    [property: Description("Steps done.")] long Done,
    [property: Description("Steps to do; null while nobody knows.")] long? Total,
    [property: Description("What it does just now; once it is over, how it ended.")] string? Message,
    [property: Description("Why it failed; null unless it did.")] FailureView? Failure,
    string RequestedBy,
    bool MayCancel,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt)
{
    /// <summary>How a job is shown.</summary>
    public static JobView Of(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new(job.Id.Value, job.Kind, job.Subject, job.State, job.IsLive, job.Done, job.Total, job.Message, FailureView.Of(job.Failure), job.RequestedBy.Name, job.MayCancel, job.RequestedAt, job.StartedAt, job.FinishedAt);
    }
}
