using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>What became of a file that was taken in. Lines in = the sum of all that follows.</summary>
/// <param name="FileId">Its place in the file register.</param>
/// <param name="Name">Its name.</param>
/// <param name="Format">The format that read it.</param>
/// <param name="Kind">Daily, monthly, ...</param>
/// <param name="Lines">Lines of the file.</param>
/// <param name="Skipped">Headings, trailers, blank lines, comments.</param>
/// <param name="Calls">Lines by the state they are in now; states without lines are left out.</param>
/// <param name="Superseded">Lines of earlier daily files that this monthly file replaces or leaves out.</param>
public sealed record ImportedFile(long FileId, string Name, string Format, CdrFileKind Kind, long Lines, long Skipped, IReadOnlyDictionary<string, long> Calls, long Superseded);
