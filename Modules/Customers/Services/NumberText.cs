using Billing.Abstractions.Values;

namespace Billing.Customers.Services;

/// <summary>Telephone numbers as people type them and spreadsheets mangle them. What could be two numbers is refused, never guessed.</summary>
public static class NumberText
{
    /// <summary>Reads a number in international form (+44 20 7946 0000, 0044...) or in the national one of the tenant's country (020 7946 0000).</summary>
    /// <param name="text">As typed.</param>
    /// <param name="country">The tenant's country, two letters.</param>
    /// <returns><c>number.spreadsheet</c>, <c>number.no-country</c> or <c>number.not-e164</c> with what to do.</returns>
    public static Result<E164Number> Parse(string text, string country)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (LooksLikeSpreadsheetNumber(trimmed))
            return new Failure("number.spreadsheet", $"'{trimmed}' is what a spreadsheet makes of a long number, and its last digits are lost. Format the column as text, enter the numbers again and save.");
        if (trimmed.EndsWith(".0", StringComparison.Ordinal))
            return new Failure("number.spreadsheet", $"'{trimmed}' was kept as an amount by a spreadsheet. Format the column as text and save again.");

        var rules = RulesOf(country);
        var digits = new string([.. trimmed.Where(char.IsAsciiDigit)]);
        var isMarked = trimmed.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal)
            || rules.NationalPrefix.Length > 0 && digits.StartsWith(rules.NationalPrefix, StringComparison.Ordinal);
        if (!isMarked && digits.Length > 0)
        {
            // 44 and a whole national number is plain; anything else without a mark may have lost its leading zero on the way through a spreadsheet.
            var code = rules.CountryCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (rules.CountryCode == 0 || !digits.StartsWith(code, StringComparison.Ordinal) || digits.Length < code.Length + 8)
                return new Failure("number.no-country", $"'{trimmed}' begins neither with + or 00 nor with {(rules.NationalPrefix.Length > 0 ? rules.NationalPrefix : "a country code")}: a spreadsheet drops leading zeros. Write it as +{(code == "0" ? "44" : code)}..., or with its zero, in a column formatted as text.");
        }
        return rules.TryRead(trimmed, out var number) && (rules.CountryCode != 44 || IsUk(number))
            ? number
            : new Failure("number.not-e164", $"'{trimmed}' is not a whole telephone number. Write for example +44 20 7946 0000.");
    }

    /// <summary>As screens and files write it: a plus and the digits.</summary>
    public static string Show(ulong digits) => "+" + digits.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static NumberRules RulesOf(string country) => country switch
    {
        "GB" or "IM" or "JE" or "GG" => NumberRules.Uk,
        "IE" => new(353, "0", true),
        "FR" => new(33, "0", true),
        "DE" => new(49, "0", true),
        "NL" => new(31, "0", true),
        "BE" => new(32, "0", true),
        "ES" => new(34, "", true),
        "PT" => new(351, "", true),
        "AT" => new(43, "0", true),
        "CH" => new(41, "0", true),
        "SE" => new(46, "0", true),
        "DK" => new(45, "", true),
        "NO" => new(47, "", true),
        _ => new(0, "", true),
    };

    // Of another country nothing is known but E.164's length; here the national part has nine or ten digits and never begins with zero.
    private static bool IsUk(E164Number number)
    {
        var text = number.Digits.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return !text.StartsWith("44", StringComparison.Ordinal) || (text.Length is 11 or 12 && text[2] != '0');
    }

    private static bool LooksLikeSpreadsheetNumber(string text) =>
        text.Length > 2 && char.IsAsciiDigit(text[0]) && text.Contains('E', StringComparison.OrdinalIgnoreCase) && text.All(c => char.IsAsciiDigit(c) || c is 'E' or 'e' or '+' or '.' or ',');
}
