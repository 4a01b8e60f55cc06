using Billing.Abstractions.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Invoicing.Tests;

/// <summary>Rules M3, M4: rounding is explicit, and a split loses no penny.</summary>
public sealed class MoneyTests
{
    [Fact]
    public void Ten_pounds_over_three_owners_are_3_33_3_33_and_3_34() =>
        new Money(10m, Currency.Gbp).Split(3).Select(m => m.Amount).ShouldBe([3.33m, 3.33m, 3.34m]);

    [Fact]
    public void A_split_adds_up_to_what_was_split() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (pennies, parts) =>
    {
        var money = new Money(pennies / 100m, Currency.Gbp);
        var split = money.Split(parts + 1);
        split.Length.ShouldBe(parts + 1);
        split.Sum(m => m.Amount).ShouldBe(money.Amount);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(Rounding.Up, "0.081", "0.09", "-0.09")]
    [InlineData(Rounding.Down, "0.089", "0.08", "-0.08")]
    [InlineData(Rounding.HalfUp, "0.085", "0.09", "-0.09")]
    [InlineData(Rounding.HalfEven, "0.085", "0.08", "-0.08")]
    public void Each_mode_treats_a_credit_as_the_charge_it_takes_back(Rounding mode, string amount, string rounded, string negative)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        Money.Round(decimal.Parse(amount, culture), mode, 0.01m).ShouldBe(decimal.Parse(rounded, culture));
        Money.Round(-decimal.Parse(amount, culture), mode, 0.01m).ShouldBe(decimal.Parse(negative, culture));
    }

    [Fact]
    public void Rounding_gives_a_multiple_of_the_unit_less_than_one_unit_away() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<uint>(), (amount, seed) =>
    {
        var unit = new[] { 0.0001m, 0.001m, 0.01m, 0.05m, 1m }[seed % 5];
        var mode = (Rounding)(seed / 5 % 4);
        var value = amount / 100_000m;
        var rounded = Money.Round(value, mode, unit);
        (rounded % unit).ShouldBe(0m);
        Math.Abs(rounded - value).ShouldBeLessThan(unit);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pounds_and_euros_do_not_add_up() =>
        Should.Throw<InvalidOperationException>(() => new Money(1m, Currency.Gbp) + new Money(1m, Currency.Eur));

    [Fact]
    public void Intervals_that_share_only_a_boundary_do_not_overlap() => Prop.ForAll(ArbMap.Default.ArbFor<ushort>(), ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<byte>(), (start, first, second) =>
    {
        var from = new DateOnly(2020, 1, 1).AddDays(start);
        var a = new DateInterval(from, from.AddDays(first));
        var b = new DateInterval(from.AddDays(first), from.AddDays(first + second));
        a.Overlaps(b).ShouldBeFalse();
        (a.Days + b.Days).ShouldBe(first + second);
        for (var day = from; day < b.To; day = day.AddDays(1)) (a.Contains(day) ^ b.Contains(day)).ShouldBeTrue();
    }).QuickCheckThrowOnFailure();
}
