using System.Globalization;
using Billing.Abstractions.Values;

namespace Billing.Screens.Search;

/// <summary>What was typed into the search box, and what else it may mean.</summary>
public sealed class SearchWords
{
    private const int Longest = 100;
    // Less of a number would be found in half of all numbers.
    private const int FewestDigits = 4;

    private SearchWords(string text) => Text = text;

    /// <summary>As typed, without spaces around it.</summary>
    public string Text { get; }

    /// <summary>The text for <c>ilike</c>: anywhere within, its own signs taken literally.</summary>
    public string Pattern => "%" + Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    /// <summary>The amount it may be: <c>£1,234.50</c>, <c>1234.5</c>; null when it can't be one.</summary>
    public decimal? Amount { get; private init; }

    /// <summary>The beginning of a telephone number it may be, country code first, digits only: <c>441632960</c>; null when it can't be one.</summary>
    public string? NumberStart { get; private init; }

    /// <summary>Reads what was typed; null when that is nothing.</summary>
    public static SearchWords? Read(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.Length == 0) return null;
        if (text.Length > Longest) text = text[..Longest];
        return new SearchWords(text) { Amount = AmountIn(text), NumberStart = NumberIn(text) };
    }

    private static decimal? AmountIn(string text) =>
        decimal.TryParse(text.TrimStart('£', '€', '$').Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    private static string? NumberIn(string text)
    {
        var signs = text.Where(c => c is not (' ' or '-' or '(' or ')' or '.')).ToArray();
        if (signs.Length < FewestDigits || signs.Index().Any(s => !char.IsAsciiDigit(s.Item) && !(s.Index == 0 && s.Item == '+'))) return null;
        var spelled = new string(signs);
        if (NumberRules.Uk.TryRead(spelled, out var number)) return number.Digits.ToString(CultureInfo.InvariantCulture);
        // Too short for a whole number: its beginning, as it is spelled at home or abroad.
        return spelled switch
        {
            ['+', ..] => spelled[1..],
            ['0', '0', ..] => spelled[2..],
            ['0', ..] => NumberRules.Uk.CountryCode.ToString(CultureInfo.InvariantCulture) + spelled[1..],
            _ => spelled,
        };
    }
}
