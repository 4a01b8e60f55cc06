using Billing.Abstractions.Values;
using Billing.Tenancy.Users;

namespace Billing.Tenancy.Jobs;

/// <summary>A job as stored.</summary>
/// <param name="Id">Its number within the tenant.</param>
/// <param name="Kind">Name of its <see cref="JobKind"/>.</param>
/// <param name="Subject">What it is about, for example <c>run/4</c>; one job of a kind and subject is alive at a time.</param>
/// <param name="State">How far it is.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps to do; null while nobody knows.</param>
/// <param name="Message">What it does just now; once it is over, how it ended, for a person.</param>
/// <param name="Failure">Why it failed; null unless it did.</param>
/// <param name="RequestedBy">Who asked for it, and who is named for what it changes.</param>
/// <param name="MayCancel">True where stopping it half-way makes sense.</param>
/// <param name="IsCancelRequested">True when somebody has asked it to stop.</param>
/// <param name="Attempt">How often it was begun.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="StartedAt">When it was begun first.</param>
/// <param name="FinishedAt">When it was over.</param>
public sealed record Job(
    JobId Id, string Kind, string Subject, JobState State, long Done, long? Total, string? Message, Failure? Failure, Actor RequestedBy, bool MayCancel,
    bool IsCancelRequested, int Attempt, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>True while something is still to come.</summary>
    public bool IsLive => State is JobState.Waiting or JobState.Running;

    /// <summary>Done of the total, from 0 to 1; null while the total is unknown.</summary>
    public double? Share => Total is { } total ? total == 0 ? 1 : Math.Min(1, (double)Done / total) : null;
}
