namespace Billing.Plugins.Tap.Ber;

/// <summary>What the content of a primitive element says.</summary>
static class BerValue
{
    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>
    /// A whole number in two's complement, of up to 8 bytes and any number of bytes before them that only carry the sign: some encoders write every number at the same width.
    /// </summary>
    public static bool TryReadInteger(ReadOnlySpan<byte> content, out long value)
    {
        value = 0;
        if (content.IsEmpty) return false;
        var sign = (sbyte)content[0] < 0 ? (byte)0xFF : (byte)0;
        while (content.Length > 8)
        {
            if (content[0] != sign) return false;
            content = content[1..];
        }
        if (((content[0] ^ sign) & 0x80) != 0) return false;
        value = sign == 0 ? 0 : -1;
        foreach (var b in content) value = (value << 8) | b;
        return true;
    }

    /// <summary>
    /// Digits of half a byte, the upper half first; a single f fills the last byte up. Beside the ten digits there are the keys a to e, which stay letters.
    /// </summary>
    /// <param name="content">The bytes.</param>
    /// <param name="text">Takes two characters a byte.</param>
    /// <param name="length">How many characters there are.</param>
    /// <returns>False when a filler stands elsewhere.</returns>
    public static bool TryReadDigits(ReadOnlySpan<byte> content, Span<byte> text, out int length)
    {
        length = 0;
        for (var i = 0; i < content.Length; i++)
        {
            var (upper, lower) = (content[i] >> 4, content[i] & 0xF);
            if (upper == 0xF || (lower == 0xF && i < content.Length - 1)) return false;
            text[length++] = Digits[upper];
            if (lower != 0xF) text[length++] = Digits[lower];
        }
        return true;
    }

    /// <summary>An offset from UTC such as +0200.</summary>
    public static bool TryReadOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length != 5 || text[0] is not ((byte)'+' or (byte)'-') || text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        var (hours, minutes) = ((text[1] - '0') * 10 + text[2] - '0', (text[3] - '0') * 10 + text[4] - '0');
        if (hours > 14 || minutes > 59) return false;
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
