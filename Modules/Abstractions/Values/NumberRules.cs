namespace Billing.Abstractions.Values;

/// <summary>How one network writes telephone numbers, so that "0207...", "44207...", "0044207..." and "+44 (0)207..." become one.</summary>
/// <param name="CountryCode">Country a national number belongs to, 44 for the UK.</param>
/// <param name="NationalPrefix">Digit(s) dialled before a national number and stripped: "0" in the UK, "" where there is none.</param>
/// <param name="BareIsInternational">
/// What digits without any prefix are: true when the network leaves the plus off ("442079460000"), false when such digits are
/// as dialled and only <c>+</c>, <c>00</c> or the national prefix make a number ("118500" is then a short code, "6789" an extension).
/// </param>
public readonly record struct NumberRules(int CountryCode, string NationalPrefix, bool BareIsInternational)
{
    /// <summary>The UK with international numbers written without a plus.</summary>
    public static NumberRules Uk { get; } = new(44, "0", BareIsInternational: true);

    /// <summary>Reads text; spaces, dots, dashes and brackets are punctuation.</summary>
    /// <returns>False when it is something else: a name, "anonymous", a short code, too long.</returns>
    public bool TryRead(ReadOnlySpan<char> text, out E164Number number)
    {
        Span<byte> ascii = stackalloc byte[40];
        number = default;
        if (text.Length > ascii.Length) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 0x7F) return false;
            ascii[i] = (byte)text[i];
        }
        return TryRead(ascii[..text.Length], out number);
    }

    /// <summary>The same over the bytes of a file. Allocates nothing.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out E164Number number)
    {
        number = default;
        text = text.Trim((byte)' ');
        var international = !text.IsEmpty && text[0] == '+';
        if (international) text = text[1..];
        else if (text.StartsWith("00"u8))
        {
            international = true;
            text = text[2..];
        }

        Span<byte> digits = stackalloc byte[15];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            // "+44 (0)20...": the national prefix in brackets is for people who dial from home, never part of the number.
            if (c == '(' && international && IsBracketedNationalPrefix(text[i..]))
            {
                i += NationalPrefix.Length + 1;
                continue;
            }
            if (c is (byte)' ' or (byte)'-' or (byte)'.' or (byte)'(' or (byte)')' or (byte)'/') continue;
            if (c is < (byte)'0' or > (byte)'9' || count == digits.Length) return false;
            digits[count++] = (byte)(c - '0');
        }

        var rest = digits[..count];
        if (international)
        {
            // Some switches put the plus before a national number ("+0207..."): the zero says that it is one.
            if (count > 0 && rest[0] == 0) return TryNational(rest, out number);
            return TryMake(0, rest, out number);
        }
        if (NationalPrefix.Length > 0 && StartsWithNationalPrefix(rest)) return TryNational(rest, out number);
        return BareIsInternational && TryMake(0, rest, out number);
    }

    /// <summary>Whether digits that start with this one are an international number without its plus.</summary>
    internal bool LeavesPlusOff(byte firstDigit) => BareIsInternational && (NationalPrefix.Length == 0 || NationalPrefix[0] != firstDigit);

    private bool TryNational(ReadOnlySpan<byte> digits, out E164Number number)
    {
        number = default;
        return StartsWithNationalPrefix(digits)
            && digits.Length - NationalPrefix.Length >= 7
            && TryMake((ulong)CountryCode, digits[NationalPrefix.Length..], out number);
    }

    private bool StartsWithNationalPrefix(ReadOnlySpan<byte> digits)
    {
        if (digits.Length <= NationalPrefix.Length || NationalPrefix.Length == 0) return false;
        for (var i = 0; i < NationalPrefix.Length; i++)
            if (digits[i] != NationalPrefix[i] - '0') return false;
        return true;
    }

    private bool IsBracketedNationalPrefix(ReadOnlySpan<byte> text)
    {
        if (NationalPrefix.Length == 0 || text.Length < NationalPrefix.Length + 2 || text[NationalPrefix.Length + 1] != ')') return false;
        for (var i = 0; i < NationalPrefix.Length; i++)
            if (text[i + 1] != NationalPrefix[i]) return false;
        return true;
    }

    private static bool TryMake(ulong lead, ReadOnlySpan<byte> digits, out E164Number number)
    {
        number = default;
        if (digits.IsEmpty || (lead == 0 && digits[0] == 0)) return false;
        var value = lead;
        foreach (var digit in digits) value = value * 10 + digit;
        return E164Number.TryCreate(value, out number);
    }
}
