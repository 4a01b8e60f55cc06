using Billing.Onboarding.Columns;
using Billing.Onboarding.Rows;

namespace Billing.Onboarding.Imports;

/// <summary>A file that records are, or were, taken from.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="FileName">As uploaded.</param>
/// <param name="UploadedAt">When.</param>
/// <param name="UploadedBy">By whom.</param>
/// <param name="Columns">A field's name for each column; null for one that is not read.</param>
/// <param name="Settings">How it is read.</param>
/// <param name="Status">Where it has got to.</param>
/// <param name="AppliedAt">When it went into the records; null before.</param>
/// <param name="AppliedBy">By whom.</param>
/// <param name="Made">Rows that made something.</param>
/// <param name="Changed">Rows that changed something.</param>
/// <param name="Unchanged">Rows that said what was there.</param>
/// <param name="LeftOut">Wrong rows that were left out by choice.</param>
/// <param name="UndoneAt">When it was taken back; null when it was not.</param>
/// <param name="UndoneBy">By whom.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredImport(
    long Id, ImportKind Kind, string FileName, DateTimeOffset UploadedAt, string UploadedBy, IReadOnlyList<string?> Columns, ImportSettings Settings, ImportStatus Status,
    DateTimeOffset? AppliedAt, string? AppliedBy, int Made, int Changed, int Unchanged, int LeftOut, DateTimeOffset? UndoneAt, string? UndoneBy, int Version);
