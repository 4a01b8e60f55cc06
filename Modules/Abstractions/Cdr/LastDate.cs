using System.Buffers.Binary;

namespace Billing.Abstractions.Cdr;

/// <summary>Remembers the date read last, because a file holds a day's calls: most lines have the date of the line before.</summary>
sealed class LastDate
{
    private ulong head;
    private ushort tail;
    private CdrDateOrder writtenAs;
    private DateTime date;

    public bool TryRead(ReadOnlySpan<byte> text, CdrDateOrder order, out DateTime midnight)
    {
        if (text.Length == 10
            && BinaryPrimitives.ReadUInt64LittleEndian(text) == head && BinaryPrimitives.ReadUInt16LittleEndian(text[8..]) == tail && order == writtenAs)
        {
            midnight = date;
            return true;
        }
        return TryReadAnew(text, order, out midnight);
    }

    private bool TryReadAnew(ReadOnlySpan<byte> text, CdrDateOrder order, out DateTime midnight)
    {
        if (!FieldReader.TryReadDate(text, order, out var day))
        {
            midnight = default;
            return false;
        }
        midnight = day.ToDateTime(TimeOnly.MinValue);
        if (text.Length != 10) return true;
        head = BinaryPrimitives.ReadUInt64LittleEndian(text);
        tail = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
        (writtenAs, date) = (order, midnight);
        return true;
    }
}
