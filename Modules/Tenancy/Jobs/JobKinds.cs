using System.Collections.Frozen;

namespace Billing.Tenancy.Jobs;

/// <summary>All kinds of jobs of this installation, by name.</summary>
/// <param name="kinds">Those of the modules; two of one name are a bug.</param>
public sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private readonly FrozenDictionary<string, JobKind> byName = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyList<JobKind> All => byName.Values;

    /// <summary>A kind by its name; null when this build has none of that name.</summary>
    public JobKind? Find(string name) => byName.GetValueOrDefault(name);
}
