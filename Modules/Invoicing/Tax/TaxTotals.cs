using Billing.Abstractions.Values;
using Billing.Invoicing.Documents;

namespace Billing.Invoicing.Tax;

/// <summary>VAT of an invoice: once per rate on the sum of its lines, half up to the coin (rule V1's safe default).</summary>
public static class TaxTotals
{
    /// <summary>One figure per category and rate, highest rate first.</summary>
    public static IReadOnlyList<InvoiceTax> Of(IEnumerable<InvoiceLine> lines, decimal coin) =>
    [
        .. lines.GroupBy(line => (line.TaxCategory, line.TaxRate))
            .OrderByDescending(group => group.Key.TaxRate).ThenBy(group => group.Key.TaxCategory, StringComparer.Ordinal)
            .Select(group =>
            {
                var net = group.Sum(line => line.Net);
                return new InvoiceTax(group.Key.TaxCategory, group.Key.TaxRate, net, Money.Round(net * group.Key.TaxRate / 100, Rounding.HalfUp, coin), UkVat.NoteOn(group.Key.TaxCategory));
            }),
    ];

    /// <summary>
    /// VAT of lines of one rate where it is computed line by line: each line's tax rounded to a unit, the sum half up to the coin. Whole coins may not be rounded
    /// down line by line (rule V1): a smaller unit may.
    /// </summary>
    /// <param name="nets">Each line's net.</param>
    /// <param name="percent">The rate.</param>
    /// <param name="mode">How each line is rounded.</param>
    /// <param name="unit">To what.</param>
    /// <param name="coin">The currency's coin.</param>
    /// <exception cref="ArgumentException">Whole coins down, line by line.</exception>
    public static decimal LineByLine(IEnumerable<decimal> nets, decimal percent, Rounding mode, decimal unit, decimal coin)
    {
        ArgumentNullException.ThrowIfNull(nets);
        if (mode == Rounding.Down && unit >= coin) throw new ArgumentException("Tax of a line may not be rounded down to whole coins: choose a tenth of a coin, or the nearest one.", nameof(mode));
        return Money.Round(nets.Sum(net => Money.Round(net * percent / 100, mode, unit)), Rounding.HalfUp, coin);
    }
}
