using System.Globalization;

namespace Billing.Rating.RateCards;

/// <summary>Prices as people write them in tariffs: digits and a decimal point, major units, nothing else.</summary>
static class PriceText
{
    public const int MostDecimals = 10;
    private const int MostWholeDigits = 9;

    /// <summary>Null when the text is a price; else an error code and what is wrong with it.</summary>
    public static (string Code, string Message)? Read(string text, out decimal price)
    {
        price = 0;
        if (text.StartsWith('-'))
            return ("tariff.negative-price", $"'{text}' is negative. A price can't be; a credit is a CDR with a negative cost, not a rate.");
        if (text.Contains(',', StringComparison.Ordinal))
            return ("tariff.bad-price", $"'{text}' has a comma. Write a decimal point and no thousands separator: 0.0125.");
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "" : text[(point + 1)..];
        if (whole.Length == 0 || (point >= 0 && fraction.Length == 0) || !whole.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit))
            return ("tariff.bad-price", $"'{text}' is not a price. Write pounds (major units) with a decimal point and no symbol: 0.0125.");
        if (whole.Length > MostWholeDigits || fraction.Length > MostDecimals)
            return ("tariff.bad-price", $"'{text}' is longer than {MostWholeDigits} digits before or {MostDecimals} after the decimal point.");
        price = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return null;
    }

    /// <summary>The shortest text that reads back as the same price.</summary>
    public static string Write(decimal price) => price.ToString("0.##########", CultureInfo.InvariantCulture);
}
