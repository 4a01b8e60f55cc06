using Billing.Abstractions.Values;

namespace Billing.Abstractions.Cdr;

/// <summary>One end of a call: what the file says, and the number in it when it is one.</summary>
/// <remarks>"Anonymous", an extension, a short code such as 118500 or a SIP user have text and no number.</remarks>
public readonly ref struct CdrParty(ReadOnlySpan<byte> text, E164Number number)
{
    /// <summary>The field as it stands in the file, without quotes and outer spaces; empty when there is none.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The normalised number, or <see cref="E164Number.IsUnset"/>.</summary>
    public E164Number Number { get; } = number;

    /// <summary>Keeps the text, and reads the number in it where the rules find one. Allocates nothing.</summary>
    public static CdrParty Of(ReadOnlySpan<byte> text, NumberRules rules)
    {
        E164Number number = default;
        if (text.IsEmpty) return default;
        // Nearly every number of nearly every file: a plus, or a country code without one, and digits only.
        if (text[0] == '+' && text.Length > 1 && text[1] != '0' && FieldReader.TryReadDigits(text[1..], out var digits)) E164Number.TryCreate(digits, out number);
        else if (text[0] != '0' && rules.BareIsInternational && text[0] != '+' && !rules.NationalPrefix.StartsWith((char)text[0])
            && FieldReader.TryReadDigits(text, out digits)) E164Number.TryCreate(digits, out number);
        else rules.TryRead(text, out number);
        return new(text, number);
    }
}
