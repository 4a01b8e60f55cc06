namespace Billing.Usage.Archives;

/// <summary>A file in an archive, while the archive stands at it.</summary>
/// <param name="Name">What it is called there, cleaned.</param>
/// <param name="Content">Its bytes, to be read before the next file is asked for.</param>
/// <param name="Check">Called when all of it was read; throws when it is not what the archive says.</param>
internal sealed record ArchiveEntry(string Name, CountedStream Content, Action<CountedStream>? Check = null);
