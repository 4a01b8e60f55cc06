using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Invoicing.Charges;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Invoicing.Tests.Charges;

/// <summary>Which slices are due: anchors, advance and arrears, stubs, and nothing twice.</summary>
[Trait("feature", "REC-7")]
public sealed class RecurringChargeTests
{
    private static readonly RecurringTerms Advance = new(1, BillingTime.Advance, ProrationBasis.Actual);
    private static readonly RecurringTerms Arrears = new(1, BillingTime.Arrears, ProrationBasis.Actual);

    [Fact]
    public void A_month_anchored_on_the_31st_clamps_without_drifting()
    {
        var start = new DateOnly(2026, 1, 31);
        var slices = RecurringCharge.Slices(10m, Advance, 31, new DateInterval(start, null), null, new DateOnly(2026, 4, 30), 0.01m);
        slices.Select(s => s.Period.From).ShouldBe([start, new(2026, 2, 28), new(2026, 3, 31), new(2026, 4, 30)]);
        slices.ShouldAllBe(s => s.Amount == 10m);
    }

    [Fact]
    public void The_stub_before_the_anchor_is_a_part_of_the_month_that_ends_there()
    {
        var slices = RecurringCharge.Slices(20m, Advance, 15, new DateInterval(new(2011, 1, 1), new(2011, 2, 27)), null, new DateOnly(2011, 1, 7), 0.01m);
        var stub = slices.ShouldHaveSingleItem();
        (stub.Period, stub.Days, stub.Of, stub.Amount).ShouldBe((new DateInterval(new(2011, 1, 1), new(2011, 1, 15)), 14, 31, 9.03m));
    }

    [Fact]
    public void A_service_that_starts_in_mid_month_pays_the_stub_and_the_next_month_in_advance()
    {
        // Cutoff 31 May: a run takes advance periods that begin by the day after it.
        var slices = RecurringCharge.Slices(20m, Advance, 1, new DateInterval(new(2026, 5, 15), null), null, new DateOnly(2026, 6, 1), 0.01m);
        slices.Select(s => s.Amount).ShouldBe([10.97m, 20m]);
    }

    [Fact]
    public void Arrears_wait_until_the_last_day_is_over()
    {
        var valid = new DateInterval(new(2026, 5, 1), null);
        RecurringCharge.Slices(20m, Arrears, 1, valid, null, new DateOnly(2026, 5, 30), 0.01m).ShouldBeEmpty();
        RecurringCharge.Slices(20m, Arrears, 1, valid, null, new DateOnly(2026, 5, 31), 0.01m).ShouldHaveSingleItem().Amount.ShouldBe(20m);
    }

    [Fact]
    public void A_cease_ends_the_last_slice()
    {
        var slices = RecurringCharge.Slices(31m, Arrears, 1, new DateInterval(new(2026, 5, 1), new(2026, 5, 16)), null, new DateOnly(2026, 5, 31), 0.01m);
        slices.ShouldHaveSingleItem().Amount.ShouldBe(15m);
    }

    [Fact]
    public void What_is_charged_is_not_charged_again_whatever_the_cutoffs()
    {
        var valid = new DateInterval(new(2026, 1, 10), null);
        var first = RecurringCharge.Slices(20m, Advance, 1, valid, null, new DateOnly(2026, 3, 1), 0.01m);
        RecurringCharge.Slices(20m, Advance, 1, valid, first[^1].Period.To, new DateOnly(2026, 3, 1), 0.01m).ShouldBeEmpty();
    }

    [Fact]
    public void Slices_follow_each_other_without_gap_or_overlap_and_cover_no_day_that_is_not_valid() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            var start = new DateOnly(2024, 1, 1).AddDays((int)(seed % 700));
            var end = start.AddDays(1 + (int)(seed / 3 % 900));
            var terms = new RecurringTerms(new[] { 1, 3, 6, 12 }[seed / 11 % 4], (BillingTime)(seed % 2), (ProrationBasis)(seed / 5 % 3));
            var slices = RecurringCharge.Slices(50m, terms, 1 + (int)(seed / 17 % 31), new DateInterval(start, end), null, end.AddYears(2), 0.01m);
            slices[0].Period.From.ShouldBe(start);
            slices[^1].Period.To.ShouldBe(end);
            for (var i = 1; i < slices.Count; i++) slices[i].Period.From.ShouldBe(slices[i - 1].Period.To!.Value);
            slices.ShouldAllBe(s => s.Amount >= 0 && s.Amount <= 50m && s.Days <= s.Of);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_small_runs_charge_what_one_big_run_charges() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            var start = new DateOnly(2025, 1, 1).AddDays((int)(seed % 200));
            var valid = new DateInterval(start, start.AddDays(400));
            var last = start.AddDays(300);
            var anchor = 1 + (int)(seed / 7 % 31);
            var once = RecurringCharge.Slices(17.31m, Advance, anchor, valid, null, last, 0.01m);
            var slices = new List<ProratedSlice>();
            for (var day = start; day <= last; day = day.AddDays(1 + (int)(seed / 3 % 40)))
                slices.AddRange(RecurringCharge.Slices(17.31m, Advance, anchor, valid, slices.Count == 0 ? null : slices[^1].Period.To, day, 0.01m));
            slices.AddRange(RecurringCharge.Slices(17.31m, Advance, anchor, valid, slices.Count == 0 ? null : slices[^1].Period.To, last, 0.01m));
            slices.ShouldBe(once);
        }).QuickCheckThrowOnFailure();
}
