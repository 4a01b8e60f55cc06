using System.Security.Cryptography;
using Billing.Abstractions.Cdr;

namespace Billing.Usage.Uploads;

/// <summary>Bytes on their way to the disk, counted and hashed as they go by; never more of them in memory than a buffer.</summary>
internal sealed class ArrivingFile
{
    // One byte order mark more than a sample shows.
    private readonly byte[] head = new byte[CdrSample.MaxHeadBytes + 4];
    private int kept;

    public long Bytes { get; private set; }

    public long Lines { get; private set; }

    public string Hash { get; private set; } = "";

    public ReadOnlySpan<byte> Head => head.AsSpan(0, kept);

    public bool IsTooBig { get; internal set; }

    /// <summary>Takes everything from a stream. What is more than allowed is read and thrown away, so that the sender hears the answer.</summary>
    public static async Task<ArrivingFile> ReceiveAsync(Stream content, string path, long most, CancellationToken cancellationToken)
    {
        var arriving = new ArrivingFile();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        var last = (byte)'\n';
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            arriving.Bytes += read;
            arriving.IsTooBig |= arriving.Bytes > most;
            if (arriving.IsTooBig) continue;
            var piece = buffer.AsMemory(0, read);
            hash.AppendData(piece.Span);
            arriving.Lines += piece.Span.Count((byte)'\n');
            last = piece.Span[^1];
            arriving.KeepHead(piece.Span);
            await file.WriteAsync(piece, cancellationToken);
        }
        if (last != (byte)'\n') arriving.Lines++;
        arriving.Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
        // The row will say that the bytes are here; a power cut must not make it a lie.
        file.Flush(flushToDisk: true);
        return arriving;
    }

    private void KeepHead(ReadOnlySpan<byte> piece)
    {
        piece = piece[..Math.Min(piece.Length, head.Length - kept)];
        piece.CopyTo(head.AsSpan(kept));
        kept += piece.Length;
    }
}
