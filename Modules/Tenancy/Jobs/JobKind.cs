using Billing.Abstractions.Values;

namespace Billing.Tenancy.Jobs;

/// <summary>A kind of work that modules know how to do. It may be run twice, also at the same time, and end as if it had run once.</summary>
/// <param name="Name">Stable, <c>area.verb</c>: <c>usage.import</c>.</param>
/// <param name="Title">In a word or two, for a list: <c>CDR import</c>.</param>
/// <param name="Permission">What somebody needs to see such a job and to stop it.</param>
/// <param name="MayCancel">True where stopping half-way makes sense and loses nothing.</param>
/// <param name="Work">Does it. What it answers with is shown when it is over: a sentence, or why it failed.</param>
public sealed record JobKind(string Name, string Title, string Permission, bool MayCancel, Func<JobRun, CancellationToken, Task<Result<string>>> Work)
{
    /// <summary>Where the job's result is looked at, given its subject: an address that begins with <c>~/</c>, or null for none.</summary>
    public Func<string, string?> PageOf { get; init; } = static _ => null;
}
