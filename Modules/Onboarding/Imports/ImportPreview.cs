using Billing.Abstractions.Values;
using Billing.Onboarding.Kinds;

namespace Billing.Onboarding.Imports;

/// <summary>An import as a person looks at it before applying it.</summary>
/// <param name="Import">The import.</param>
/// <param name="Header">The file's header.</param>
/// <param name="Samples">For each column, what its first rows say.</param>
/// <param name="RowCount">Rows below the header.</param>
/// <param name="Mapping">What is wrong with the mapping; while something is, there is no plan.</param>
/// <param name="Plan">What it would do; null while the mapping is wrong.</param>
public sealed record ImportPreview(
    StoredImport Import, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Samples, int RowCount, IReadOnlyList<Failure> Mapping, ImportPlan? Plan);
