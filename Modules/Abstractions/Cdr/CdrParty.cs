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
    public static CdrParty Of(ReadOnlySpan<byte> text, NumberRules rules) => new(text, NumberOf(text, rules));

    internal static E164Number NumberOf(ReadOnlySpan<byte> text, in NumberRules rules)
    {
        if (text.IsEmpty) return default;
        // Nearly every number of nearly every file: digits only, after a plus or after nothing where the network leaves the plus off.
        var first = text[0];
        var digits = first == '+' ? text[1..] : text;
        if (digits.Length is >= 8 and <= 15 && digits[0] != '0' && (first == '+' || rules.LeavesPlusOff(first)) && FieldReader.TryReadDigits(digits, out var value))
        {
            E164Number.TryCreate(value, out var plain);
            return plain;
        }
        rules.TryRead(text, out var number);
        return number;
    }
}
