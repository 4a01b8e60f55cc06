using System.Globalization;
using System.Runtime.CompilerServices;

namespace Billing.Usage.Archives;

/// <summary>
/// The files of a 7z or rar archive, by a program of the machine. It writes to us and never to the disk: bsdtar hands the archive on as tar, 7-Zip lists the
/// files first and then writes their bytes one after the other.
/// </summary>
internal static class ToolEntries
{
    private const int MostListed = 8 << 20;

    // Asked for a password, a program would wait for a keyboard that is not there.
    private const string NoPassword = "-pnone";

    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(string name, string path, ArchiveKind kind, ArchiveLimits limits, ArchiveBudget budget, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Debian's 7-Zip reads no rar; bsdtar reads both, and does not say whether a 7z archive is encrypted or broken.
        var (bsdtar, sevenZip) = (Find(limits, "bsdtar"), Find(limits, "7zz") ?? Find(limits, "7z") ?? (kind == ArchiveKind.SevenZip ? Find(limits, "7za") : null));
        if ((bsdtar ?? sevenZip) is null)
            throw new ArchiveRefused("archive.no-tool", $"{name} is a {(kind == ArchiveKind.Rar ? "rar" : "7z")} archive, and this machine has no program that opens one. Install 'libarchive-tools' (bsdtar){(kind == ArchiveKind.SevenZip ? " or '7zip'" : "")}, or send it as zip.");
        using var late = new CancellationTokenSource(limits.MaxToolTime, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        await using var entries = (bsdtar is not null && (kind == ArchiveKind.Rar || sevenZip is null) ? ByTarAsync(name, path, bsdtar, budget, both.Token) : BySevenZipAsync(name, path, sevenZip!, limits, budget, both.Token)).GetAsyncEnumerator(both.Token);
        while (true)
        {
            try
            {
                if (!await entries.MoveNextAsync()) yield break;
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new ArchiveRefused("archive.too-slow", string.Create(CultureInfo.InvariantCulture, $"{name} was not open after {limits.MaxToolTime.TotalSeconds:0} seconds. Send it as zip, or in several archives."));
            }
            yield return entries.Current;
        }
    }

    private static async IAsyncEnumerable<ArchiveEntry> ByTarAsync(string name, string path, string tool, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var run = new ToolRun(tool, ["-cf", "-", "--format=pax", "@" + path]);
        await using var entries = TarEntries.ReadAsync(name, run.Output, budget, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await entries.MoveNextAsync()) break;
            }
            catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
            {
                // What the program says of it is more to the point than that its output breaks off.
                await run.EndAsync(cancellationToken);
                Refuse(name, run.Words, broken.Message.TrimEnd('.') + ", or it is encrypted");
            }
            yield return entries.Current;
        }
        // What follows the end mark, so that the program can end.
        await run.Output.CopyToAsync(Stream.Null, cancellationToken);
        if (await run.EndAsync(cancellationToken) != 0) Refuse(name, run.Words, "the program that opens it gave up; it may be encrypted");
    }

    private static async IAsyncEnumerable<ArchiveEntry> BySevenZipAsync(string name, string path, string tool, ArchiveLimits limits, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = await ListAsync(name, path, tool, limits, cancellationToken);
        using var run = new ToolRun(tool, ["x", "-so", NoPassword, "-bd", "--", path]);
        foreach (var (entry, size, crc) in listed)
        {
            budget.CountEntry(entry);
            yield return new ArchiveEntry(entry, new CountedStream(new Piece(run.Output, size), budget, entry), read =>
            {
                if (read.Bytes == size && (crc is null || crc == read.Crc)) return;
                Refuse(name, run.Words, "its bytes are not what its list says");
            });
        }
        if (await run.Output.ReadAsync(new byte[1], cancellationToken) != 0) throw new InvalidDataException("more comes out of it than its list says");
        if (await run.EndAsync(cancellationToken) != 0) Refuse(name, run.Words, "the program that opens it gave up; it may be encrypted");
    }

    private static async Task<IReadOnlyList<(string Name, long Size, uint? Crc)>> ListAsync(string name, string path, string tool, ArchiveLimits limits, CancellationToken cancellationToken)
    {
        using var run = new ToolRun(tool, ["l", "-slt", "-ba", NoPassword, "--", path]);
        using var lines = new StreamReader(run.Output);
        var (files, fields, length) = (new List<(string, long, uint?)>(), new Dictionary<string, string>(StringComparer.Ordinal), 0);
        while (true)
        {
            var line = await lines.ReadLineAsync(cancellationToken);
            length += line?.Length ?? 0;
            if (length > MostListed || files.Count > limits.MaxEntries)
                throw new ArchiveRefused("archive.too-many", string.Create(CultureInfo.InvariantCulture, $"{name} lists more than {limits.MaxEntries:N0} files. Pack fewer together."));
            if (line is { Length: > 0 })
            {
                var split = line.IndexOf(" = ", StringComparison.Ordinal);
                if (split > 0) fields.TryAdd(line[..split], line[(split + 3)..]);
                continue;
            }
            if (fields.TryGetValue("Path", out var entry)) Take(name, entry, fields, files);
            fields.Clear();
            if (line is null) break;
        }
        if (await run.EndAsync(cancellationToken) != 0) Refuse(name, run.Words, "the program that opens it gave up; it may be encrypted");
        return files;
    }

    private static void Take(string name, string entry, Dictionary<string, string> fields, List<(string, long, uint?)> files)
    {
        var plain = EntryName.Clean(name, entry);
        var attributes = fields.GetValueOrDefault("Attributes") ?? "";
        if (fields.GetValueOrDefault("Folder") == "+" || attributes.StartsWith('D')) return;
        if (attributes.Split(' ').Any(part => part.Length == 10 && part[0] is not '-') || fields.GetValueOrDefault("Symbolic Link") is { Length: > 0 }) EntryName.RefuseLink(name, entry, "a link");
        if (fields.GetValueOrDefault("Encrypted") == "+") RefuseEncrypted(name);
        if (!long.TryParse(fields.GetValueOrDefault("Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) throw new InvalidDataException($"the length of '{plain}' is not known");
        files.Add((plain, size, uint.TryParse(fields.GetValueOrDefault("CRC"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var crc) ? crc : null));
    }

    private static void Refuse(string name, string words, string otherwise)
    {
        if (words.Contains("assphrase", StringComparison.Ordinal) || words.Contains("assword", StringComparison.Ordinal) || words.Contains("ncrypt", StringComparison.Ordinal)) RefuseEncrypted(name);
        throw new InvalidDataException(otherwise);
    }

    private static void RefuseEncrypted(string name) =>
        throw new ArchiveRefused("archive.encrypted", $"{name} is encrypted. Unpack it with its password and send the files, or ask the carrier to send it without.");

    private static string? Find(ArchiveLimits limits, string tool) => limits.ToolFolders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    /// <summary>So many bytes of what a program writes.</summary>
    private sealed class Piece(Stream all, long left) : ReadingStream
    {
        private long rest = left;

        public override int Read(Span<byte> buffer) => Took(rest == 0 ? 0 : all.Read(buffer[..(int)Math.Min(buffer.Length, rest)]));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Took(rest == 0 ? 0 : await all.ReadAsync(buffer[..(int)Math.Min(buffer.Length, rest)], cancellationToken));

        private int Took(int read)
        {
            rest -= read;
            return read;
        }
    }
}
