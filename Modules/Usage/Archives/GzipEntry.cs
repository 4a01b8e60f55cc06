using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Billing.Usage.Archives;

/// <summary>The one file of a gzip file. The name that may stand inside is not asked: what the carrier called the file says more.</summary>
internal static class GzipEntry
{
    private const int Trailer = 8;

    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(string name, string path, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length < Trailer) throw new InvalidDataException("its end is missing");
        var trailer = new byte[Trailer];
        file.Position = file.Length - Trailer;
        await file.ReadExactlyAsync(trailer, cancellationToken);
        file.Position = 0;
        var inner = NameOf(name);
        budget.CountEntry(inner);
        await using var content = new GZipStream(file, CompressionMode.Decompress);
        yield return new ArchiveEntry(inner, new CountedStream(content, budget, inner), read =>
        {
            // Several pieces may follow each other; the trailer tells of the last one, so a length that is less than what came out tells of it alone.
            var (crc, length) = (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4)));
            if ((uint)read.Bytes == length && read.Crc != crc || read.Bytes < length)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{read.Bytes} bytes came out, and {length} with another check sum went in"));
        });
    }

    internal static string NameOf(string name)
    {
        var plain = name[(name.LastIndexOf('/') + 1)..];
        if (plain.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)) return plain[..^4] + ".tar";
        return plain.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && plain.Length > 3 ? plain[..^3] : plain;
    }
}
