using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Rating.Engine;

/// <summary>
/// What was dialled: an E.164 number, or a short code such as 999 that means nothing outside its own country. The two never match
/// each other's rates, and leading zeros of a short code count (000 is not 0).
/// </summary>
public readonly record struct DialledNumber
{
    private const ulong ShortCodeMark = 1UL << 63;

    private readonly ulong value;

    private DialledNumber(ulong value) => this.value = value;

    /// <summary>A number with its country code.</summary>
    public DialledNumber(E164Number number) => value = number.Digits;

    /// <summary>True for <c>default</c>, which is no number.</summary>
    public bool IsUnset => value == 0;

    /// <summary>True for a short code.</summary>
    public bool IsShortCode => (value & ShortCodeMark) != 0;

    /// <summary>The digits of an E.164 number; 0 when unset or a short code.</summary>
    internal ulong E164Digits => IsShortCode ? 0 : value;

    /// <summary>The digits of a short code behind a leading 1, so that zeros in front survive; 0 when it is none.</summary>
    internal ulong MarkedShortCode => IsShortCode ? value & ~ShortCodeMark : 0;

    /// <summary>An E.164 number is what was dialled.</summary>
    public static implicit operator DialledNumber(E164Number number) => new(number);

    /// <summary>Same as the conversion, for languages without it.</summary>
    public static DialledNumber FromE164Number(E164Number number) => new(number);

    /// <summary>The called party of a record: its number, else its text as a short code; unset when it is neither (a name, "anonymous").</summary>
    public static DialledNumber Of(CdrParty party)
    {
        if (!party.Number.IsUnset) return new DialledNumber(party.Number);
        return TryShortCode(party.Text, out var shortCode) ? shortCode : default;
    }

    /// <summary>Reads 1 to 15 digits as a short code.</summary>
    /// <returns>False when there is anything but digits, or too many.</returns>
    public static bool TryShortCode(ReadOnlySpan<char> digits, out DialledNumber number)
    {
        number = default;
        if (digits.Length is 0 or > 15) return false;
        var marked = 1UL;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            marked = marked * 10 + (ulong)(digit - '0');
        }
        number = new DialledNumber(marked | ShortCodeMark);
        return true;
    }

    /// <summary>The same over the bytes of a file.</summary>
    public static bool TryShortCode(ReadOnlySpan<byte> digits, out DialledNumber number)
    {
        number = default;
        Span<char> text = stackalloc char[15];
        if (digits.Length > text.Length) return false;
        for (var i = 0; i < digits.Length; i++) text[i] = (char)digits[i];
        return TryShortCode(text[..digits.Length], out number);
    }

    /// <summary><c>+442079460000</c> for a number, the bare digits for a short code.</summary>
    public override string ToString()
    {
        if (IsUnset) return "";
        return IsShortCode
            ? MarkedShortCode.ToString(CultureInfo.InvariantCulture)[1..]
            : string.Create(CultureInfo.InvariantCulture, $"+{value}");
    }
}
