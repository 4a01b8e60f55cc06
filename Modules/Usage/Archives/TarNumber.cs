namespace Billing.Usage.Archives;

/// <summary>A number in the header of a tar entry: octal digits, or two's complement after a first bit that is set.</summary>
internal static class TarNumber
{
    public static bool TryRead(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        if (field[0] >= 0x80)
        {
            if (field[0] != 0x80) return false;
            foreach (var part in field[1..])
            {
                if (number > long.MaxValue >> 8) return false;
                number = (number << 8) | part;
            }
            return true;
        }
        var digits = field.Trim(" \0"u8);
        if (digits.IsEmpty) return false;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || number > long.MaxValue >> 3) return false;
            number = (number << 3) | (uint)(digit - '0');
        }
        return true;
    }
}
