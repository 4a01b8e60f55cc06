using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Invoicing.Charges;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Invoicing.Tests.Charges;

/// <summary>Rules P1 to P4 with the trade's worked figures.</summary>
[Trait("feature", "REC-5")]
public sealed class ProrationTests
{
    private static readonly DateInterval May = new(new(2026, 5, 1), new(2026, 6, 1));

    [Theory]
    [InlineData(ProrationBasis.Actual, "10.97", 17, 31)]
    [InlineData(ProrationBasis.Thirty, "11.33", 17, 30)]
    [InlineData(ProrationBasis.Thirty360, "10.67", 16, 30)]
    public void Twenty_pounds_a_month_from_the_15th_of_May(ProrationBasis basis, string amount, int days, int of)
    {
        var slice = Proration.Price(20m, new DateInterval(new(2026, 5, 15), new(2026, 6, 1)), May, 1, basis, 0.01m);
        slice.Amount.ShouldBe(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
        (slice.Days, slice.Of).ShouldBe((days, of));
    }

    [Fact]
    public void A_rise_from_30_to_33_on_the_11th_of_May_is_two_slices()
    {
        var before = Proration.Price(30m, new DateInterval(May.From, new(2026, 5, 11)), May, 1, ProrationBasis.Actual, 0.01m);
        var after = Proration.Price(33m, new DateInterval(new(2026, 5, 11), May.To), May, 1, ProrationBasis.Actual, 0.01m);
        before.Amount.ShouldBe(9.68m);
        after.Amount.ShouldBe(22.35m);
        (before.Amount + after.Amount).ShouldBe(32.03m);
    }

    [Fact]
    public void Thirty_days_of_thirty_one_at_the_30_basis_cost_no_more_than_the_month() =>
        Proration.Price(20m, new DateInterval(new(2026, 5, 2), May.To), May, 1, ProrationBasis.Thirty, 0.01m).Amount.ShouldBe(20m);

    [Fact]
    public void A_whole_period_costs_its_price_on_every_basis() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte>(), month =>
        {
            var period = new DateInterval(new DateOnly(2020, 1, 1).AddMonths(month), new DateOnly(2020, 1, 1).AddMonths(month + 1));
            foreach (var basis in Enum.GetValues<ProrationBasis>()) Proration.Price(19.99m, period, period, 1, basis, 0.01m).Amount.ShouldBe(19.99m);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_parts_of_a_month_cost_the_month_to_the_penny_at_most_one_off() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            var price = seed % 100_000 / 100m;
            var cut = May.From.AddDays(1 + (int)(seed / 7 % 30));
            var first = Proration.Price(price, new DateInterval(May.From, cut), May, 1, ProrationBasis.Actual, 0.01m).Amount;
            var second = Proration.Price(price, new DateInterval(cut, May.To), May, 1, ProrationBasis.Actual, 0.01m).Amount;
            Math.Abs(first + second - price).ShouldBeLessThanOrEqualTo(0.01m);
        }).QuickCheckThrowOnFailure();
}
