namespace Billing.Usage.Archives;

/// <summary>What comes out of an archive, counted against the budget as it is read.</summary>
internal sealed class CountedStream(Stream inner, ArchiveBudget budget, string place) : ReadingStream
{
    private readonly Crc32 crc = new();

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>The check sum of what was read.</summary>
    public uint Crc => crc.Value;

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer), buffer);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await inner.ReadAsync(buffer, cancellationToken), buffer.Span);

    private int Count(int read, ReadOnlySpan<byte> buffer)
    {
        Bytes += read;
        crc.Add(buffer[..read]);
        budget.CountBytes(read, place);
        return read;
    }
}
