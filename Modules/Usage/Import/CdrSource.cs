using System.Security.Cryptography;
using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>A file to be imported: its name, its hash, its beginning, and a way to read it, so that no more of it need be in memory.</summary>
public sealed class CdrSource
{
    private readonly ReadOnlyMemory<byte> head;
    private readonly Func<Stream> open;

    private CdrSource(string name, string hash, long bytes, ReadOnlyMemory<byte> head, Func<Stream> open) =>
        (Name, Hash, Bytes, this.head, this.open) = (name, hash, bytes, head, open);

    /// <summary>The file's name without folder.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of its bytes.</summary>
    public string Hash { get; }

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; }

    /// <summary>What formats are shown of it.</summary>
    public CdrSample Sample => CdrSample.Of(Name, head.Span, isWhole: head.Length == Bytes);

    /// <summary>A file that is in memory.</summary>
    public static CdrSource Of(string name, ReadOnlyMemory<byte> content) =>
        new(name, Convert.ToHexStringLower(SHA256.HashData(content.Span)), content.Length, content, () => new MemoryStream(content.ToArray(), writable: false));

    /// <summary>A file on the disk, whose hash is taken here and now: what is imported is what is there.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static async Task<CdrSource> OfFileAsync(string name, string path, CancellationToken cancellationToken = default)
    {
        await using var file = Open(path);
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        file.Position = 0;
        // One byte order mark more than a sample shows.
        var head = new byte[(int)Math.Min(file.Length, CdrSample.MaxHeadBytes + 4)];
        await file.ReadExactlyAsync(head, cancellationToken);
        return new(name, Convert.ToHexStringLower(hash), file.Length, head, () => Open(path));
    }

    /// <summary>The bytes from the first one.</summary>
    internal Stream Open() => open();

    // Unbuffered: the formats read large pieces themselves.
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: false);
}
