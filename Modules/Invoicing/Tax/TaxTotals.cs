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
}
