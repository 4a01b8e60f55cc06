using Billing.Abstractions.Values;
using Billing.Usage.Uploads;

namespace Billing.Usage.Archives;

/// <summary>
/// Opens an archive and those within it, file by file, never with more of one in memory than a buffer. All of it comes out, or nothing: one that is
/// damaged, encrypted, reaches for other places or is made to fill the disk is refused with the place, and what had come out is removed.
/// </summary>
/// <param name="limits">How far.</param>
/// <param name="newPath">Names a new file to write to, within the data folder.</param>
/// <param name="clock">For the time a program may take.</param>
internal sealed class ArchiveOpening(ArchiveLimits limits, Func<string> newPath, TimeProvider clock)
{
    /// <summary>Opens one.</summary>
    /// <param name="name">The archive's name.</param>
    /// <param name="path">Where it lies; it stays there.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="mostBytes">A file that is longer is marked as too big; whoever takes it refuses it.</param>
    /// <param name="cancellationToken">Stops the opening; nothing is kept.</param>
    /// <returns>Its files, or why it was refused.</returns>
    public async Task<Result<IReadOnlyList<UnpackedFile>>> OpenAsync(string name, string path, ArchiveKind kind, long mostBytes, CancellationToken cancellationToken)
    {
        var files = new List<UnpackedFile>();
        var isDone = false;
        try
        {
            await OpenAsync(name, path, kind, 1, new ArchiveBudget(limits, name, new FileInfo(path).Length), mostBytes, files, cancellationToken);
            if (files.Count == 0) return new Failure("archive.empty", $"{name} holds no file. Ask the carrier to send it again.");
            isDone = true;
            return files;
        }
        catch (ArchiveRefused refused)
        {
            return refused.Failure;
        }
        finally
        {
            if (!isDone) Remove(files);
        }
    }

    /// <summary>Removes what nobody took.</summary>
    public static void Remove(IEnumerable<UnpackedFile> files)
    {
        foreach (var file in files) File.Delete(file.Path);
    }

    private async Task OpenAsync(string name, string path, ArchiveKind kind, int depth, ArchiveBudget budget, long mostBytes, List<UnpackedFile> files, CancellationToken cancellationToken)
    {
        var place = "its list of files";
        try
        {
            await foreach (var entry in EntriesOf(name, path, kind, budget, cancellationToken))
            {
                place = $"'{entry.Name}'";
                var part = newPath();
                var isTaken = false;
                try
                {
                    // An archive within may be as long as the archives' own limit allows.
                    var arrived = await ArrivingFile.ReceiveAsync(entry.Content, part, long.MaxValue, cancellationToken);
                    entry.Check?.Invoke(entry.Content);
                    var full = $"{name}/{entry.Name}";
                    if (ArchiveSignature.Of(arrived.Head) is { } within)
                    {
                        if (depth == limits.MaxDepth)
                            throw new ArchiveRefused("archive.nested", $"{full} is an archive within {depth} others; that is as deep as archives are opened. Unpack it and send the files.");
                        await OpenAsync(full, part, within, depth + 1, budget, mostBytes, files, cancellationToken);
                        continue;
                    }
                    if (arrived.Bytes > mostBytes) arrived.IsTooBig = true;
                    files.Add(new UnpackedFile(full, part, arrived));
                    isTaken = true;
                }
                finally
                {
                    if (!isTaken) File.Delete(part);
                }
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or NotSupportedException or FormatException or OverflowException or ArgumentException)
        {
            throw new ArchiveRefused("archive.damaged", $"{name} is damaged at {place}: {broken.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Nothing of it was taken in; ask the carrier to send it again.");
        }
    }

    private IAsyncEnumerable<ArchiveEntry> EntriesOf(string name, string path, ArchiveKind kind, ArchiveBudget budget, CancellationToken cancellationToken) => kind switch
    {
        ArchiveKind.Zip => ZipEntries.ReadAsync(name, path, limits, budget, cancellationToken),
        ArchiveKind.Gzip => GzipEntry.ReadAsync(name, path, budget, cancellationToken),
        ArchiveKind.Tar => TarEntries.ReadAsync(name, path, budget, cancellationToken),
        _ => ToolEntries.ReadAsync(name, path, kind, limits, budget, clock, cancellationToken),
    };
}
