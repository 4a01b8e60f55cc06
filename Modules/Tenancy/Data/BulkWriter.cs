using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Billing.Tenancy.Data;

/// <summary>
/// Rows on their way into a table by binary COPY, encoded here: thirty columns a row through the driver's writer take longer than reading and pricing the row.
/// Forgetting <see cref="CompleteAsync"/> stores nothing.
/// </summary>
/// <remarks>The form of the bytes is PostgreSQL's documented "binary format" of COPY; numbers are in network order.</remarks>
public sealed class BulkWriter : IAsyncDisposable
{
    private const int FlushAt = 64 * 1024;

    private static readonly long Year2000 = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    private readonly NpgsqlRawCopyStream stream;
    private byte[] buffer = new byte[FlushAt + 64 * 1024];
    private int filled;
    private int rowAt = -1;
    private short columns;
    private long rows;
    private bool isComplete;

    internal BulkWriter(NpgsqlRawCopyStream stream)
    {
        this.stream = stream;
        Signature.CopyTo(buffer);
        // Two empty numbers follow: no flags, no extension.
        filled = Signature.Length + 2 * sizeof(int);
    }

    /// <summary>Begins a row; its columns follow in the order of the COPY.</summary>
    public void StartRow()
    {
        EndRow();
        if (filled >= FlushAt)
        {
            stream.Write(buffer, 0, filled);
            filled = 0;
        }
        rowAt = filled;
        columns = 0;
        Reserve(sizeof(short));
        rows++;
    }

    /// <summary>A text column.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }
        var most = sizeof(int) + Encoding.UTF8.GetMaxByteCount(value.Length);
        Ensure(most);
        var length = Encoding.UTF8.GetBytes(value, buffer.AsSpan(filled + sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(filled), length);
        filled += sizeof(int) + length;
        columns++;
    }

    /// <summary>A bigint column.</summary>
    public void Long(long? value)
    {
        if (value is { } number) BinaryPrimitives.WriteInt64BigEndian(Column(sizeof(long)), number);
        else Null();
    }

    /// <summary>An integer column.</summary>
    public void Int(int? value)
    {
        if (value is { } number) BinaryPrimitives.WriteInt32BigEndian(Column(sizeof(int)), number);
        else Null();
    }

    /// <summary>A numeric column.</summary>
    public void Decimal(decimal? value)
    {
        if (value is { } number) Numeric(number);
        else Null();
    }

    /// <summary>A boolean column.</summary>
    public void Bool(bool value) => Column(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>A timestamp with time zone, to the microsecond.</summary>
    public void Instant(DateTimeOffset? value)
    {
        if (value is { } instant) BinaryPrimitives.WriteInt64BigEndian(Column(sizeof(long)), (instant.UtcTicks - Year2000) / TimeSpan.TicksPerMicrosecond);
        else Null();
    }

    /// <summary>A uuid column.</summary>
    public void Uuid(Guid? value)
    {
        if (value is { } uuid) uuid.TryWriteBytes(Column(16), bigEndian: true, out _);
        else Null();
    }

    /// <summary>Sends the last row.</summary>
    /// <returns>Rows stored.</returns>
    public async Task<long> CompleteAsync(CancellationToken cancellationToken = default)
    {
        EndRow();
        BinaryPrimitives.WriteInt16BigEndian(Reserve(sizeof(short)), -1);
        await stream.WriteAsync(buffer.AsMemory(0, filled), cancellationToken);
        isComplete = true;
        // The server answers now: what it refuses is thrown here.
        await stream.DisposeAsync();
        return rows;
    }

    /// <summary>Ends the COPY.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isComplete) return;
        isComplete = true;
        await stream.CancelAsync();
        await stream.DisposeAsync();
    }

    private void EndRow()
    {
        if (rowAt >= 0) BinaryPrimitives.WriteInt16BigEndian(buffer.AsSpan(rowAt), columns);
        rowAt = -1;
    }

    private void Null()
    {
        BinaryPrimitives.WriteInt32BigEndian(Reserve(sizeof(int)), -1);
        columns++;
    }

    private Span<byte> Column(int bytes)
    {
        var place = Reserve(sizeof(int) + bytes);
        BinaryPrimitives.WriteInt32BigEndian(place, bytes);
        columns++;
        return place[sizeof(int)..];
    }

    // A numeric is its digits in groups of four from the decimal point, the place of the first group, a sign and how many decimals are shown.
    private void Numeric(decimal value)
    {
        const int Group = 10_000, MostGroups = 9;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var digits = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        for (var odd = scale % 4; odd is > 0 and < 4; odd++) digits *= 10;
        var behindPoint = (scale + 3) / 4;

        Span<short> groups = stackalloc short[MostGroups];
        var first = MostGroups;
        while (digits != 0)
        {
            short group;
            if (digits <= ulong.MaxValue)
            {
                var small = (ulong)digits;
                group = (short)(small % Group);
                digits = small / Group;
            }
            else
            {
                group = (short)(digits % Group);
                digits /= Group;
            }
            groups[--first] = group;
        }
        var end = MostGroups;
        while (end > first && groups[end - 1] == 0) end--;

        var column = Column(4 * sizeof(short) + (end - first) * sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(column, (short)(end - first));
        BinaryPrimitives.WriteInt16BigEndian(column[2..], end == first ? (short)0 : (short)(MostGroups - first - behindPoint - 1));
        BinaryPrimitives.WriteInt16BigEndian(column[4..], bits[3] < 0 && end > first ? (short)0x4000 : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(column[6..], (short)scale);
        for (var i = first; i < end; i++) BinaryPrimitives.WriteInt16BigEndian(column[(8 + (i - first) * 2)..], groups[i]);
    }

    private Span<byte> Reserve(int bytes)
    {
        Ensure(bytes);
        var place = buffer.AsSpan(filled, bytes);
        filled += bytes;
        return place;
    }

    private void Ensure(int bytes)
    {
        if (buffer.Length - filled < bytes) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, filled + bytes));
    }
}
