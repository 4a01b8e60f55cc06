using Billing.Abstractions.Values;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Tax;

namespace Billing.Invoicing.Tests.Tax;

/// <summary>Rules V1, V2, V7, V8 with worked figures.</summary>
[Trait("feature", "INV-6")]
public sealed class TaxTotalsTests
{
    [Fact]
    public void Seven_lines_of_1_13_at_20_percent_are_1_58_once_on_the_total() =>
        TaxTotals.Of(Enumerable.Repeat(Line(1.13m), 7), 0.01m).ShouldHaveSingleItem().Vat.ShouldBe(1.58m);

    [Fact(DisplayName = "Vector 10 (V2): seven lines of 1.13 at 20 percent are 1.61 by line to the penny, 1.58 by line to a tenth of one")]
    public void Seven_lines_of_1_13_by_line()
    {
        var nets = Enumerable.Repeat(1.13m, 7).ToList();
        TaxTotals.LineByLine(nets, 20m, Rounding.HalfUp, 0.01m, 0.01m).ShouldBe(1.61m);
        TaxTotals.LineByLine(nets, 20m, Rounding.Down, 0.001m, 0.01m).ShouldBe(1.58m);
        Should.Throw<ArgumentException>(() => TaxTotals.LineByLine(nets, 20m, Rounding.Down, 0.01m, 0.01m));
    }

    [Fact]
    public void Three_lines_of_0_33_are_0_20_half_up_where_rounding_down_gives_0_19()
    {
        TaxTotals.Of(Enumerable.Repeat(Line(0.33m), 3), 0.01m).ShouldHaveSingleItem().Vat.ShouldBe(0.20m);
        Money.Round(0.99m * 0.2m, Rounding.Down, 0.01m).ShouldBe(0.19m);
    }

    [Fact]
    public void A_reverse_charge_has_its_own_line_its_note_and_no_vat()
    {
        var taxes = TaxTotals.Of([Line(100m), Line(50m) with { TaxCategory = "reverse-charge", TaxRate = 0 }], 0.01m);
        taxes.Select(t => (t.Category, t.Net, t.Vat)).ShouldBe([("standard", 100m, 20m), ("reverse-charge", 50m, 0m)]);
        taxes[1].Note!.ShouldContain("Reverse charge");
    }

    [Theory]
    [InlineData("2008-11-30", "17.5")]
    [InlineData("2008-12-01", "15")]
    [InlineData("2010-01-01", "17.5")]
    [InlineData("2011-01-03", "17.5")]
    [InlineData("2011-01-04", "20")]
    public void The_tax_point_decides_the_standard_rate(string taxPoint, string rate) =>
        UkVat.RateOf("standard", DateOnly.Parse(taxPoint, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture));

    private static InvoiceLine Line(decimal net) => new(1, "usage", "Calls", null, 1, null, null, null, net, "standard", 20m, "4000");
}
