namespace Billing.Tenancy.Jobs;

/// <summary>How far a job is.</summary>
public enum JobState
{
    /// <summary>Asked for; nobody works on it yet, or not any more because its host was stopped.</summary>
    Waiting,

    /// <summary>Somebody works on it, or did when its host was killed; then another takes it up.</summary>
    Running,

    /// <summary>Over, and well.</summary>
    Done,

    /// <summary>Over, with a failure that says why.</summary>
    Failed,

    /// <summary>Given up because somebody asked for that.</summary>
    Cancelled,
}
