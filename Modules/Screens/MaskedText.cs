using System.Text.RegularExpressions;

namespace Billing.Screens;

/// <summary>
/// Telephone numbers in words and raw lines, shortened to their last four digits: who called whom is personal data, and who does not mend calls
/// has no need of it (rule G5).
/// </summary>
public static partial class MaskedText
{
    /// <summary>Masks whatever may be a number: six digits or more in a row, also with the signs and spaces that people put into numbers.</summary>
    public static string? Of(string? text) => text is null ? null : Number().Replace(text, found =>
    {
        var digits = new string([.. found.Value.Where(char.IsAsciiDigit)]);
        return "…" + digits[^4..];
    });

    // Dates and times have separators after at most four digits, amounts a point: neither is hit.
    [GeneratedRegex(@"\+?\d{6,}|\+\d(?:[ ()-]?\d){6,}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
