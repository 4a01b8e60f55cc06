using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;


namespace Billing.Abstractions.Cdr;

/// <summary>Typed values out of the bytes of one field. Everything here allocates nothing and never throws on content.</summary>
static class FieldReader
{
    /// <summary>Longer than any call: 200 days. What is longer is a unit or a column mistaken for another.</summary>
    public const int MaxSeconds = 17_280_000;

    private static readonly SearchValues<byte> OfDecimals = SearchValues.Create("0123456789."u8);

    public static bool TryMakeDate(int year, int month, int day, out DateOnly date)
    {
        // 1970 to 2199: a year outside is a column mistaken for another, and DateTime arithmetic on it would overflow one day.
        if (year is < 1970 or > 2199 || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth(year, month)))
        {
            date = default;
            return false;
        }
        date = new DateOnly(year, month, day);
        return true;
    }

    public static bool TryMakeTime(int hour, int minute, int second, out TimeSpan sinceMidnight)
    {
        sinceMidnight = new TimeSpan((hour * 3600L + minute * 60 + second) * TimeSpan.TicksPerSecond);
        // A leap second (23:59:60) counts as the next day's first: no rate changes within it.
        return (hour < 24 && minute < 60 && second < 60) || (hour == 24 && minute == 0 && second == 0) || (hour == 23 && minute == 59 && second == 60);
    }

    public static bool TryReadDate(ReadOnlySpan<byte> text, CdrDateOrder order, out DateOnly date)
    {
        int a, b, c;
        if (text.Length == 10 && order != CdrDateOrder.YearFirst && !IsDigit(text[2]) && text[2] == text[5])
        {
            if ((a = Two(text)) < 0 || (b = Two(text[3..])) < 0 || (c = Four(text[6..])) < 0) goto bad;
        }
        else if (!TrySplitDate(text, order, out a, out b, out c)) goto bad;

        return order switch
        {
            CdrDateOrder.DayFirst => TryMakeDate(c, b, a, out date),
            CdrDateOrder.MonthFirst => TryMakeDate(c, a, b, out date),
            _ => TryMakeDate(a, b, c, out date),
        };
    bad:
        date = default;
        return false;
    }

    public static bool TryReadTime(ReadOnlySpan<byte> text, out TimeSpan sinceMidnight)
    {
        if (text.Length == 8 && text[2] == ':' && text[5] == ':')
        {
            // Six digits round two colons: as one number, checked and split in a few steps.
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(text) - 0x30303A30303A3030 + 0x3030303030303030;
            if (IsEightDigits(eight))
            {
                var all = (int)EightDigits(eight);
                return TryMakeTime(all / 1_000_000, all / 1_000 % 100, all % 100, out sinceMidnight);
            }
        }
        return TryReadOddTime(text, out sinceMidnight);
    }

    // Apart, so that the usual time does not pay for the room that this one needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadOddTime(ReadOnlySpan<byte> text, out TimeSpan sinceMidnight)
    {
        sinceMidnight = default;
        if (text.Length is 4 or 6 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            return TryMakeTime(Two(text), Two(text[2..]), text.Length == 6 ? Two(text[4..]) : 0, out sinceMidnight);
        // One or two digits each; seconds may be missing; dots stand for colons in Italy.
        Span<int> parts = stackalloc int[3];
        var count = 0;
        while (true)
        {
            var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            var length = digits < 0 ? text.Length : digits;
            if (length is < 1 or > 2 || count == 3) return false;
            parts[count++] = length == 2 ? Two(text) : text[0] - '0';
            if (digits < 0) break;
            if (text[digits] is not ((byte)':' or (byte)'.')) return false;
            text = text[(digits + 1)..];
        }
        return count >= 2 && TryMakeTime(parts[0], parts[1], parts[2], out sinceMidnight);
    }

    /// <summary>Whole seconds; any fraction makes one more. False below zero and above <see cref="MaxSeconds"/>.</summary>
    public static bool TryReadSeconds(ReadOnlySpan<byte> text, CdrDurationUnit unit, bool decimalComma, out int seconds)
    {
        seconds = 0;
        if (unit == CdrDurationUnit.Seconds && text.Length is > 0 and <= 8)
        {
            var value = 0;
            foreach (var c in text)
            {
                var digit = (uint)(c - '0');
                if (digit > 9) goto general;
                value = value * 10 + (int)digit;
            }
            seconds = value;
            return value <= MaxSeconds;
        }
    general:
        if (unit == CdrDurationUnit.Clock) return TryReadClock(text, out seconds);
        if (unit == CdrDurationUnit.Spelled) return TryReadSpelled(text, out seconds);
        if (!TryReadDecimal(text, decimalComma, out var amount) || amount < 0) return false;
        if (amount > (decimal)MaxSeconds * 1_000_000_000) return false;
        amount = decimal.Ceiling(unit switch
        {
            CdrDurationUnit.Milliseconds => amount / 1000,
            CdrDurationUnit.Minutes => amount * 60,
            CdrDurationUnit.Nanoseconds => amount / 1_000_000_000,
            _ => amount,
        });
        if (amount > MaxSeconds) return false;
        seconds = (int)amount;
        return true;
    }

    private static bool TryReadSpelled(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        var total = 0m;
        var last = decimal.MaxValue;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(OfDecimals);
            if (digits < 1 || !TryReadDecimal(text[..digits], decimalComma: false, out var amount) || amount > MaxSeconds) return false;
            var unit = text[digits] switch { (byte)'h' => 3600m, (byte)'m' => 60m, (byte)'s' => 1m, _ => 0m };
            // From hours to seconds, each of them once.
            if (unit == 0 || unit >= last) return false;
            last = unit;
            total += amount * unit;
            text = text[(digits + 1)..];
        }
        if (last == decimal.MaxValue || total > MaxSeconds) return false;
        seconds = (int)decimal.Ceiling(total);
        return true;
    }

    private static bool TryReadClock(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        long total = 0;
        var parts = 0;
        while (true)
        {
            var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            var length = digits < 0 ? text.Length : digits;
            if (length is < 1 or > 5 || parts == 3) return false;
            var value = 0;
            foreach (var c in text[..length]) value = value * 10 + (c - '0');
            if (parts > 0 && (value > 59 || length != 2)) return false;
            total = total * 60 + value;
            parts++;
            if (digits < 0) break;
            if (text[digits] == '.')
            {
                var fraction = text[(digits + 1)..];
                if (fraction.IsEmpty || fraction.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
                if (fraction.IndexOfAnyExcept((byte)'0') >= 0) total++;
                break;
            }
            if (text[digits] != ':') return false;
            text = text[(digits + 1)..];
        }
        seconds = (int)Math.Min(total, int.MaxValue);
        return parts >= 2 && total <= MaxSeconds;
    }

    /// <summary>An optional sign, digits with at most one point (or comma), at most 18 digits in all. Keeps the decimals it was given.</summary>
    public static bool TryReadDecimal(ReadOnlySpan<byte> text, bool decimalComma, out decimal value)
    {
        value = 0;
        var isNegative = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == '-';
            text = text[1..];
        }
        // 18 digits fit into a ulong without a thought; no carrier's amount comes near.
        if (text.IsEmpty || text.Length > 19) return false;
        var point = decimalComma ? (byte)',' : (byte)'.';
        ulong mantissa = 0;
        var scale = -1;
        var digits = 0;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit <= 9)
            {
                mantissa = mantissa * 10 + digit;
                digits++;
                if (scale >= 0) scale++;
            }
            else if (c == point && scale < 0) scale = 0;
            else return false;
        }
        if (digits is 0 or > 18) return false;
        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative, (byte)Math.Max(scale, 0));
        return true;
    }

    public static bool TryReadInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var isNegative = !text.IsEmpty && text[0] == '-';
        if (isNegative) text = text[1..];
        if (text.IsEmpty || text.Length > 18) return false;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit > 9) return false;
            value = value * 10 + digit;
        }
        if (isNegative) value = -value;
        return true;
    }

    /// <summary>Seconds since 1970, with or without a fraction, which is dropped; false for none, zero, and what no clock shows (years before 1980 and after 2199).</summary>
    public static bool TryReadUnixTime(ReadOnlySpan<byte> text, out CdrTime time)
    {
        time = default;
        if (!TryReadDecimal(text, decimalComma: false, out var seconds) || seconds < 315_532_800 || seconds >= 7_258_118_400) return false;
        time = new(DateTime.SpecifyKind(DateTime.UnixEpoch.AddSeconds((long)seconds), DateTimeKind.Unspecified), TimeSpan.Zero);
        return true;
    }

    /// <summary>True for sixteen bytes or fewer that are all digits, and their value, eight digits a step.</summary>
    public static bool TryReadDigits(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.Length < 8)
        {
            foreach (var c in text)
            {
                var digit = (uint)(c - '0');
                if (digit > 9) return false;
                value = value * 10 + digit;
            }
            return true;
        }
        if (text.Length > 16) return false;
        var head = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var tail = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]);
        if (!IsEightDigits(head) || !IsEightDigits(tail)) return false;
        value = EightDigits(head);
        var rest = text.Length - 8;
        if (rest == 0) return true;
        // The two overlap unless there are sixteen: digits of the tail that the head has already count as zeros.
        var seen = (1UL << (64 - rest * 8)) - 1;
        value = value * Powers[rest] + EightDigits((tail & ~seen) | (0x3030303030303030 & seen));
        return true;
    }

    private static ReadOnlySpan<ulong> Powers => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsEightDigits(ulong chunk) =>
        ((chunk & 0xF0F0F0F0F0F0F0F0) | (((chunk + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    // Three multiplications join pairs, then fours, then all eight digits; the first digit is the lowest byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EightDigits(ulong chunk)
    {
        chunk -= 0x3030303030303030;
        chunk = chunk * 10 + (chunk >> 8);
        return (((chunk & 0x000000FF000000FF) * 0x000F424000000064) + (((chunk >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
    }

    private static bool TrySplitDate(ReadOnlySpan<byte> text, CdrDateOrder order, out int a, out int b, out int c)
    {
        a = b = c = -1;
        if (text.Length == 8 && TryReadDigits(text, out var all))
        {
            (a, b, c) = order == CdrDateOrder.YearFirst
                ? ((int)(all / 10_000), (int)(all / 100 % 100), (int)(all % 100))
                : ((int)(all / 1_000_000), (int)(all / 10_000 % 100), (int)(all % 10_000));
            return true;
        }
        var first = text.IndexOfAny((byte)'/', (byte)'-', (byte)'.');
        if (first < 1) return false;
        var rest = text[(first + 1)..];
        var second = rest.IndexOf(text[first]);
        if (second < 1) return false;
        var yearFirst = order == CdrDateOrder.YearFirst;
        return TryReadPart(text[..first], yearFirst, out a) && TryReadPart(rest[..second], false, out b) && TryReadPart(rest[(second + 1)..], !yearFirst, out c);
    }

    // A year has four digits, or two that mean 2000 to 2099; a day or month has one or two.
    private static bool TryReadPart(ReadOnlySpan<byte> text, bool isYear, out int value)
    {
        value = -1;
        if (text.Length is not (1 or 2 or 4) || (isYear ? text.Length == 1 : text.Length == 4) || !TryReadDigits(text, out var digits)) return false;
        value = (int)digits + (isYear && text.Length == 2 ? 2000 : 0);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsDigit(byte c) => (uint)(c - '0') <= 9;

    // Negative when either is no digit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> text)
    {
        uint high = (uint)(text[0] - '0'), low = (uint)(text[1] - '0');
        return high > 9 || low > 9 ? -1 : (int)(high * 10 + low);
    }

    private static int Four(ReadOnlySpan<byte> text)
    {
        int high = Two(text), low = Two(text[2..]);
        return (high | low) < 0 ? -1 : high * 100 + low;
    }
}
