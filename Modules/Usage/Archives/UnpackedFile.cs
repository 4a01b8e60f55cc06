using Billing.Usage.Uploads;

namespace Billing.Usage.Archives;

/// <summary>A file that came out of an archive and lies on the disk, under a name that has nothing to do with its own.</summary>
/// <param name="Name">The archive's name, a slash, and what it is called there.</param>
/// <param name="Path">Where it lies; whoever takes it moves or removes it.</param>
/// <param name="Arrived">Its hash, its size, its beginning.</param>
internal sealed record UnpackedFile(string Name, string Path, ArrivingFile Arrived);
