namespace Billing.Tenancy.Jobs;

/// <summary>A job as the operator of the installation sees it: nothing of what it is about.</summary>
public sealed record JobOfAll(
    string Tenant, JobId Id, string Kind, JobState State, int Attempt, long Done, long? Total, string? FailureCode, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);
