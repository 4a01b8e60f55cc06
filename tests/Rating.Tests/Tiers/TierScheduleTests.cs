using Billing.Rating.Tiers;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.Tiers;

/// <summary>Prices by the volume of a period: graduated and whole volume (R14, TAR-8).</summary>
public class TierScheduleTests
{
    private static readonly Tier[] minutes = [new(0, 0.02m), new(1000, 0.015m), new(5000, 0.01m)];

    [Theory]
    [InlineData(0, "0", "0")]
    [InlineData(1000, "20", "20")]
    [InlineData(1001, "20.015", "15.015")]
    [InlineData(5000, "80", "75")]
    [InlineData(6000, "90", "60")]
    public void R14_each_part_has_its_price_or_the_whole_volume_has_one(int volume, string graduated, string whole)
    {
        Of(TierMode.Graduated).Price(volume, isOver: true).Amount.ShouldBe(Number(graduated));
        Of(TierMode.WholeVolume).Price(volume, isOver: true).Amount.ShouldBe(Number(whole));
    }

    [Fact]
    public void R14_only_the_price_of_the_whole_volume_is_provisional_and_only_until_the_period_ends()
    {
        Of(TierMode.WholeVolume).Price(10, isOver: false).IsProvisional.ShouldBeTrue();
        Of(TierMode.WholeVolume).Price(10, isOver: true).IsProvisional.ShouldBeFalse();
        Of(TierMode.Graduated).Price(10, isOver: false).IsProvisional.ShouldBeFalse();
        TierSchedule.Create(TierMode.WholeVolume, [new Tier(0, 1)]).ValueOrThrow().Price(10, isOver: false).IsProvisional.ShouldBeFalse("there is nothing it could change to");
    }

    [Fact]
    public void R14_graduated_usage_costs_the_same_in_any_portions_and_in_any_order() => Prop.ForAll(Schedules(TierMode.Graduated), Gen.Choose(0, 900).ListOf().ToArbitrary(), (schedule, portions) =>
    {
        var (used, sum) = (0m, 0m);
        foreach (var portion in portions)
        {
            sum += schedule.PriceOfNext(used, portion);
            used += portion;
        }
        return sum == schedule.Price(used, isOver: true).Amount;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void R14_whole_volume_portions_add_up_to_the_period_too_with_the_correction_in_the_one_that_crosses() =>
        Prop.ForAll(Schedules(TierMode.WholeVolume), Gen.Choose(0, 900).ListOf().ToArbitrary(), (schedule, portions) =>
        {
            var (used, sum) = (0m, 0m);
            foreach (var portion in portions)
            {
                sum += schedule.PriceOfNext(used, portion);
                used += portion;
            }
            return sum == schedule.Price(used, isOver: true).Amount;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void R14_parts_are_the_volume_and_the_amount_and_nothing_else() =>
        Prop.ForAll(Gen.Elements(TierMode.Graduated, TierMode.WholeVolume).SelectMany(mode => Schedules(mode).Generator).ToArbitrary(), Gen.Choose(0, 20_000).ToArbitrary(), (schedule, volume) =>
        {
            var charge = schedule.Price(volume, isOver: true);
            return charge.Parts.Sum(part => part.Units) == volume && charge.Parts.All(part => part.Units > 0 && part.Amount == part.Units * part.Tier.UnitPrice)
                && charge.Amount == charge.Parts.Sum(part => part.Amount);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void R14_with_falling_prices_whole_volume_never_costs_more_than_graduated_and_graduated_never_falls() =>
        Prop.ForAll(Schedules(TierMode.Graduated), Gen.Choose(0, 20_000).ToArbitrary(), (schedule, volume) =>
        {
            var falling = schedule.Tiers.Zip(schedule.Tiers.Select(tier => tier.UnitPrice).OrderDescending(), (tier, price) => tier with { UnitPrice = price }).ToList();
            var graduated = TierSchedule.Create(TierMode.Graduated, falling).ValueOrThrow();
            var whole = TierSchedule.Create(TierMode.WholeVolume, falling).ValueOrThrow();
            return whole.Price(volume, isOver: true).Amount <= graduated.Price(volume, isOver: true).Amount && graduated.PriceOfNext(volume, 1) >= 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void R12_usage_taken_back_leaves_the_period_as_it_was() => Prop.ForAll(Schedules(TierMode.WholeVolume), Gen.Choose(0, 9_000).Two().ToArbitrary(), (schedule, units) =>
        schedule.PriceOfNext(units.Item1, units.Item2) + schedule.PriceOfNext(units.Item1 + units.Item2, -units.Item2) == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Tiers_with_a_gap_or_two_from_one_volume_on_are_refused_and_both_are_named()
    {
        Code().ShouldBe("tiers.none");
        Code(new Tier(10, 1)).ShouldBe("tiers.gap");
        Code(new Tier(0, 1), new Tier(5, -1)).ShouldBe("tiers.negative-price");
        TierSchedule.Create(TierMode.Graduated, [new Tier(0, 1), new Tier(5, 0.5m), new Tier(5, 0.25m)]).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe("tiers.ambiguous");
        failure.Message.ShouldContain("0.5 and 0.25");
    }

    private static string Code(params Tier[] tiers) => TierSchedule.Create(TierMode.Graduated, tiers).TryGet(out _, out var failure) ? "" : failure!.Code;

    private static TierSchedule Of(TierMode mode) => TierSchedule.Create(mode, minutes).ValueOrThrow();

    private static Arbitrary<TierSchedule> Schedules(TierMode mode) => Gen.Choose(1, 5_000).ListOf().SelectMany(limits => Gen.Choose(0, 100).ListOf(limits.Count + 1).Select(prices =>
        TierSchedule.Create(mode, limits.Append(0).Distinct().Order().Select((above, i) => new Tier(above, prices[i] / 1000m))).ValueOrThrow())).ToArbitrary();

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
