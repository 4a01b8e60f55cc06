using System.Globalization;
using Billing.Rating.RateCards;

namespace Billing.Rating.CommandLine;

/// <summary>
/// How a charge is printed: with the decimals of the rounding unit and at least the currency's, so that 8.1p rounded to 0.01p
/// reads 0.0810. Where the invoice line rounds, the charge has all its decimals.
/// </summary>
sealed class ChargeText
{
    private readonly string format;

    public ChargeText(Tariff tariff)
    {
        var coin = new string('0', tariff.Currency.Decimals);
        var unit = PriceText.Write(tariff.Rounding.Unit);
        var point = unit.IndexOf('.', StringComparison.Ordinal);
        var decimals = tariff.Rounding.Level == RoundingLevel.Line ? coin + new string('#', 28 - coin.Length)
            : new string('0', Math.Max(coin.Length, point < 0 ? 0 : unit.Length - point - 1));
        format = decimals.Length == 0 ? "0" : "0." + decimals;
    }

    public string Of(decimal charge) => charge.ToString(format, CultureInfo.InvariantCulture);
}
