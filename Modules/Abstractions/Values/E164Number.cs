using System.Globalization;

namespace Billing.Abstractions.Values;

/// <summary>
/// A telephone number with its country code, as ITU-T E.164 defines it: 7 to 15 digits, the first not zero. Kept as a number of
/// digits, because E.164 has no leading zeros to lose; a short code such as 999 or 118 500 is <b>not</b> one.
/// </summary>
public readonly record struct E164Number
{
    private readonly ulong digits;

    private E164Number(ulong digits) => this.digits = digits;

    /// <summary>Country code and national number as one integer: +44 20 7946 0000 is 442079460000. Zero only for <c>default</c>.</summary>
    public ulong Digits => digits;

    /// <summary>True for <c>default</c>, which is no number.</summary>
    public bool IsUnset => digits == 0;

    /// <summary>Wraps digits that are known to be an E.164 number.</summary>
    /// <returns>False when there are fewer than 7 or more than 15 of them.</returns>
    public static bool TryCreate(ulong digits, out E164Number number)
    {
        number = digits is >= 1_000_000 and <= 999_999_999_999_999 ? new E164Number(digits) : default;
        return !number.IsUnset;
    }

    /// <summary>Reads a number in any of the usual spellings by the rules of the network that wrote it.</summary>
    public static Result<E164Number> Parse(ReadOnlySpan<char> text, NumberRules rules) =>
        rules.TryRead(text, out var number)
            ? number
            : new Failure("number.not-e164", $"'{text}' is not a telephone number with 7 to 15 digits, a country code first.");

    /// <summary>A plus and the digits, the form used in files, logs and JSON.</summary>
    public override string ToString() => digits == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"+{digits}");
}
