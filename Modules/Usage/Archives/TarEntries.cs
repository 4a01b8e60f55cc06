using System.Formats.Tar;
using System.Runtime.CompilerServices;

namespace Billing.Usage.Archives;

/// <summary>The files of a tar archive.</summary>
internal static class TarEntries
{
    private const int Block = 512;

    /// <summary>A name or a remark is never longer; it is read into memory.</summary>
    private const int LongestRemark = 1 << 20;

    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(string name, string path, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        CheckBlocks(file);
        file.Position = 0;
        await foreach (var entry in ReadAsync(name, file, budget, cancellationToken)) yield return entry;
    }

    /// <summary>The same from a program that writes a tar archive.</summary>
    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(string name, Stream stream, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var tar = new TarReader(stream, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes) continue;
            var plain = EntryName.Clean(name, entry.Name);
            switch (entry.EntryType)
            {
                case TarEntryType.Directory or TarEntryType.DirectoryList:
                    continue;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    break;
                case TarEntryType.SymbolicLink or TarEntryType.HardLink:
                    EntryName.RefuseLink(name, entry.Name, "a link");
                    break;
                default:
                    EntryName.RefuseLink(name, entry.Name, "something that is no file");
                    break;
            }
            budget.CountEntry(plain);
            var length = entry.Length;
            yield return new ArchiveEntry(plain, new CountedStream(entry.DataStream ?? Stream.Null, budget, plain), read =>
            {
                if (read.Bytes != length) throw new InvalidDataException("it is cut off");
            });
        }
    }

    // From header to header without reading what is between: that the archive has an end, and that no remark in it is longer than memory should bear.
    private static void CheckBlocks(FileStream file)
    {
        Span<byte> header = stackalloc byte[Block];
        while (true)
        {
            if (file.ReadAtLeast(header, Block, throwOnEndOfStream: false) < Block) throw new InvalidDataException("it is cut off: its end mark is missing");
            if (!header.ContainsAnyExcept((byte)0)) return;
            if (!TarNumber.TryRead(header.Slice(124, 12), out var size) || size < 0) throw new InvalidDataException("the length of one of its files can't be read");
            if (header[156] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' && size > LongestRemark) throw new InvalidDataException("a name or remark in it is longer than a million bytes");
            // Links and folders state a length now and then and have no bytes.
            var data = header[156] is (byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'5' or (byte)'6' ? 0 : size;
            if (data > file.Length - file.Position) throw new InvalidDataException("it is cut off in the middle of a file");
            file.Position += (data + Block - 1) / Block * Block;
        }
    }
}
