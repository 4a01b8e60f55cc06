using System.Text;

namespace Billing.Rating.RateCards;

/// <summary>What may stand as a prefix, a charge code or a short code.</summary>
static class RateKeyText
{
    public const int MostPrefixDigits = 15;
    public const int MostChargeCodeBytes = 64;
    public const int MostShortCodeDigits = 12;

    /// <summary>Null when the text can be such a key; else what is wrong with it and what to do.</summary>
    public static string? WhatIsWrong(RateKeyKind kind, string text) => kind switch
    {
        RateKeyKind.Prefix => Prefix(text),
        RateKeyKind.ChargeCode => ChargeCode(text),
        RateKeyKind.ShortCode => ShortCode(text),
        _ => null,
    };

    private static string? Prefix(string text)
    {
        if (LooksLikeSpreadsheetNumber(text))
            return $"'{text}' is what a spreadsheet makes of a long prefix, and its digits are lost. Format the column as text and export again.";
        if (text.Length == 0 || !text.All(char.IsAsciiDigit))
            return $"'{text}' is not a prefix. Write the digits of the international number without plus, spaces or 00: 442079.";
        if (text[0] == '0')
            return $"'{text}' starts with 0, so it is a national number or has 00 in front. Write the country code first: 44 and not 044 or 0044.";
        return text.Length > MostPrefixDigits ? $"'{text}' is longer than {MostPrefixDigits} digits, and no number is." : null;
    }

    private static string? ChargeCode(string text)
    {
        if (text.Length == 0 || text.Any(char.IsControl) || text.Trim().Length != text.Length)
            return $"'{text}' is not a charge code. Write it as the carrier does, without spaces around it.";
        return Encoding.UTF8.GetByteCount(text) > MostChargeCodeBytes ? $"'{text}' is longer than {MostChargeCodeBytes} bytes." : null;
    }

    private static string? ShortCode(string text)
    {
        var digits = text.EndsWith('*') ? text[..^1] : text;
        return digits.Length is 0 or > MostShortCodeDigits || !digits.All(char.IsAsciiDigit)
            ? $"'{text}' is not a short code. Write up to {MostShortCodeDigits} digits as they are dialled (118500), or the first digits and a star (116*)."
            : null;
    }

    private static bool LooksLikeSpreadsheetNumber(string text) =>
        text.Length > 2 && char.IsAsciiDigit(text[0]) && text.Contains('E', StringComparison.OrdinalIgnoreCase)
        && text.All(c => char.IsAsciiDigit(c) || c is 'E' or 'e' or '+' or '.' or ',');
}
