using System.Buffers.Binary;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// Remembers dates once read, by their ten bytes: a file has a million lines and a month of days. Where two dates meet in one place, the later one stays.
/// </summary>
sealed class KnownDates
{
    private const int Bits = 7;

    private readonly Entry[] entries = new Entry[1 << Bits];

    public bool TryRead(ReadOnlySpan<byte> text, CdrDateOrder order, out DateTime midnight)
    {
        if (text.Length == 10)
        {
            var head = BinaryPrimitives.ReadUInt64LittleEndian(text);
            var tail = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
            ref readonly var known = ref entries[Place(head, tail)];
            if (known.Head == head && known.Tail == tail && known.Order == order)
            {
                midnight = known.Midnight;
                return true;
            }
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
        var head = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var tail = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
        entries[Place(head, tail)] = new(head, tail, order, midnight);
        return true;
    }

    private static int Place(ulong head, ushort tail) => (int)(((head ^ ((ulong)tail << 24)) * 0x9E3779B97F4A7C15) >> (64 - Bits));

    private readonly record struct Entry(ulong Head, ushort Tail, CdrDateOrder Order, DateTime Midnight);
}
