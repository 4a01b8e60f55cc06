using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Rating.Allowances;

namespace Billing.Rating.Tests.Allowances;

/// <summary>What an allowance covers of which call.</summary>
public class AllowanceDrawingTests
{
    [Theory(DisplayName = "Vector 5 (R10): 98 of 100 minutes used, a five-minute call at 6p a minute")]
    [InlineData(CrossingPolicy.Split, 0.18, 100)]
    [InlineData(CrossingPolicy.FitsOnly, 0.30, 98)]
    [InlineData(CrossingPolicy.LastFree, 0.00, 100)]
    public void The_call_that_crosses_is_treated_as_the_allowance_says(CrossingPolicy crossing, decimal charge, decimal minutesUsed)
    {
        var state = new DrawState();
        var draws = Pools.Draw([Pools.Call(1, 98), Pools.Call(2, 5)], [Pools.Grant(Pools.Minutes(100, crossing))], [], state);
        draws.Charges().ShouldBe([0m, charge]);
        state.Pools.Values.ShouldHaveSingleItem().Seconds.ShouldBe(minutesUsed * 60);
    }

    [Fact(DisplayName = "R10: with FitsOnly what is left waits for a call that is short enough")]
    public void What_is_left_waits_for_a_shorter_call() =>
        Pools.Draw([Pools.Call(1, 98), Pools.Call(2, 5), Pools.Call(3, 2)], Pools.Grant(Pools.Minutes(100, CrossingPolicy.FitsOnly))).Charges().ShouldBe([0m, 0.30m, 0m]);

    [Fact(DisplayName = "R9: calls draw in the order they start, whatever the order they come in")]
    public void Calls_draw_in_the_order_of_their_start() =>
        Pools.Draw([Pools.Call(3, 60), Pools.Call(1, 60), Pools.Call(2, 60)], Pools.Grant(Pools.Minutes(100)))
            .Select(d => (d.Call.Line, d.Charge)).ShouldBe([(1L, 0m), (2L, 1.20m), (3L, 3.60m)]);

    [Fact(DisplayName = "R9: of two calls that start together the record key decides, not the file")]
    public void Calls_that_start_together_are_told_apart_by_their_record()
    {
        var at = new DateTimeOffset(2026, 4, 10, 9, 0, 0, TimeSpan.Zero);
        var (a, b) = (Pools.Call(1, 60, at: at), Pools.Call(2, 60, 7.20m, at: at));
        var swapped = new[] { a with { Key = new DrawKey(9, 9) }, b with { Key = new DrawKey(1, 1) } };
        Pools.Draw([a, b], Pools.Grant(Pools.Minutes(60))).Charges().ShouldBe([0m, 7.20m]);
        Pools.Draw(swapped, Pools.Grant(Pools.Minutes(60))).Charges().ShouldBe([0m, 7.20m]);
    }

    [Fact(DisplayName = "R9: a number's allowance before its site's before the account's, then the one that ends soonest")]
    public void The_narrowest_pool_is_drawn_from_first()
    {
        var state = new DrawState();
        AllowanceGrant[] grants =
        [
            Pools.Grant(Pools.Minutes(10), 1), Pools.Grant(Pools.Minutes(10, pool: AllowancePool.Site), 2, service: 1, site: 5),
            Pools.Grant(Pools.Minutes(10, pool: AllowancePool.Service), 3, service: 1),
            Pools.Grant(Pools.Minutes(10), 4, new DateInterval(new(2026, 1, 1), new(2026, 4, 21))),
        ];
        Pools.Draw([Pools.Call(1, 35, site: 5)], grants, [], state).Single().Parts.Select(p => (p.Pool.Grant, p.Units.Seconds)).ShouldBe([(3L, 600m), (2L, 600m), (4L, 600m), (1L, 300m)]);
    }

    [Fact(DisplayName = "R11: an allowance counts the seconds that are billed, or those the call lasted")]
    public void Billable_or_actual_seconds_count()
    {
        var call = Pools.Call(1, 2) with { Seconds = 61, BillableSeconds = 120 };
        var billable = new DrawState();
        Pools.Draw([call], [Pools.Grant(Pools.Minutes(100))], [], billable);
        billable.Pools.Values.Single().Seconds.ShouldBe(120);
        var actual = new DrawState();
        Pools.Draw([call], [Pools.Grant(Pools.Minutes(100) with { CountsActual = true })], [], actual);
        actual.Pools.Values.Single().Seconds.ShouldBe(61);
    }

    [Theory(DisplayName = "R11: the set-up fee of a covered call is covered with it, or charged")]
    [InlineData(false, 10, 0)]
    [InlineData(true, 10, 0.03)]
    [InlineData(false, 2, 0.18)]
    [InlineData(true, 2, 0.21)]
    public void A_set_up_fee_is_covered_or_charged(bool chargesSetup, decimal minutes, decimal charge) =>
        Pools.Draw([Pools.Call(1, 5, 0.33m)], [Pools.Grant(Pools.Minutes(minutes) with { ChargesSetup = chargesSetup })], [], new DrawState(), _ => Pools.Parts(0.03m)).Charges().ShouldBe([charge]);

    [Fact(DisplayName = "R11: unused minutes do not roll over; each period begins anew on the billing day")]
    public void Each_period_begins_anew()
    {
        DateTimeOffset On(int month, int day) => new(2026, month, day, 12, 0, 0, TimeSpan.Zero);
        Pools.Draw([Pools.Call(1, 60, at: On(4, 14)), Pools.Call(2, 60, at: On(4, 15)), Pools.Call(3, 60, at: On(5, 14)), Pools.Call(4, 100, at: On(5, 15))], Pools.Grant(Pools.Minutes(100), anchor: 15))
            .Charges().ShouldBe([0m, 0m, 1.20m, 0m]);
    }

    [Fact(DisplayName = "R11: 100 minutes from the 16th of April on are 50 where prorated, 100 where full")]
    public void A_part_month_at_the_start_is_prorated_or_full()
    {
        var april = new DateInterval(new(2026, 4, 1), new(2026, 5, 1));
        var valid = new DateInterval(new(2026, 4, 16), null);
        Pools.Grant(Pools.Minutes(100) with { FirstPeriod = PartPeriod.Prorated }, valid: valid).SizeIn(april).Seconds.ShouldBe(3000);
        Pools.Grant(Pools.Minutes(100), valid: valid).SizeIn(april).Seconds.ShouldBe(6000);
        Pools.Grant(Pools.Minutes(100) with { FirstPeriod = PartPeriod.Prorated }, valid: new DateInterval(new(2026, 1, 1), new(2026, 4, 16))).SizeIn(april).Seconds.ShouldBe(6000, "nothing is taken back at the end");
    }

    [Fact(DisplayName = "R11: a call after the allowance has ended is charged, on the last day it is covered")]
    public void An_allowance_covers_its_own_days_only() =>
        Pools.Draw([Pools.Call(1, 1, at: new(2026, 4, 15, 23, 59, 59, TimeSpan.Zero)), Pools.Call(2, 1, at: new(2026, 4, 16, 0, 0, 0, TimeSpan.Zero))],
            Pools.Grant(Pools.Minutes(100), valid: new DateInterval(new(2026, 4, 1), new(2026, 4, 16)))).Charges().ShouldBe([0m, 0.06m]);

    [Fact(DisplayName = "P8: another quantity in mid-period is weighed by days, and the pool stays one")]
    public void A_change_of_quantity_keeps_one_pool()
    {
        var april = new DateInterval(new(2026, 4, 1), new(2026, 5, 1));
        var slices = new[] { new GrantSlice(new DateInterval(new(2026, 1, 1), new(2026, 4, 16)), 1), new GrantSlice(new DateInterval(new(2026, 4, 16), null), 3) };
        (Pools.Grant(Pools.Minutes(100) with { FirstPeriod = PartPeriod.Prorated }) with { Slices = slices }).SizeIn(april).Seconds.ShouldBe(12_000);
        (Pools.Grant(Pools.Minutes(100)) with { Slices = slices }).SizeIn(april).Seconds.ShouldBe(18_000);
    }

    [Theory(DisplayName = "2.3: 500 minutes or 50 pounds, whichever comes first")]
    [InlineData(0.06, 600, 6.00)]   // 500 minutes are 30 pounds: minutes end it
    [InlineData(0.20, 600, 70.00)]  // 250 minutes are 50 pounds: money ends it
    public void The_limit_that_is_reached_first_ends_it(decimal perMinute, int minutes, decimal charge)
    {
        var allowance = Pools.Of(CrossingPolicy.Split, AllowancePool.Account, new(AllowanceMeasure.Seconds, 30_000), new(AllowanceMeasure.Money, 50));
        var draws = Pools.Draw([Pools.Call(1, minutes, minutes * perMinute), Pools.Call(2, 1, 0.01m)], Pools.Grant(allowance));
        draws.Charges().ShouldBe([charge, 0.01m]);
    }

    [Fact(DisplayName = "2.3: messages, data, calls and money are counted each in their own way")]
    public void Every_measure_counts_in_its_own_way()
    {
        Pools.Draw([Pools.Text(1, 1, 0.05m), Pools.Text(2, 3, 0.15m), Pools.Call(3, 1)], Pools.Grant(Pools.Of(CrossingPolicy.Split, AllowancePool.Account, new AllowanceLimit(AllowanceMeasure.Messages, 2))))
            .Charges().ShouldBe([0m, 0.10m, 0.06m]);
        Pools.Draw([Pools.Data(1, 600_000_000, 6m), Pools.Data(2, 600_000_000, 6m)], Pools.Grant(Pools.Of(CrossingPolicy.Split, AllowancePool.Account, new AllowanceLimit(AllowanceMeasure.Bytes, 1_000_000_000))))
            .Charges().ShouldBe([0m, 2m]);
        Pools.Draw([Pools.Call(1, 90), Pools.Call(2, 1), Pools.Call(3, 1)], Pools.Grant(Pools.Of(CrossingPolicy.Split, AllowancePool.Account, new AllowanceLimit(AllowanceMeasure.Calls, 2))))
            .Charges().ShouldBe([0m, 0m, 0.06m]);
        Pools.Draw([Pools.Call(1, 60), Pools.Text(2, 1, 5m), Pools.Data(3, 1, 5m)], Pools.Grant(Pools.Of(CrossingPolicy.Split, AllowancePool.Account, new AllowanceLimit(AllowanceMeasure.Money, 10))))
            .Charges().ShouldBe([0m, 0m, 3.60m]);
    }

    [Fact(DisplayName = "2.3: of one call only so many minutes are inclusive, the rest is charged")]
    public void A_long_call_is_inclusive_up_to_its_longest() =>
        Pools.Draw([Pools.Call(1, 90), Pools.Call(2, 40)], Pools.Grant(Pools.Minutes(100) with { LongestSeconds = 3600 })).Charges().ShouldBe([1.80m, 0m]);

    [Fact(DisplayName = "2.3: what an allowance covers is named by the tariff's destinations")]
    public void Only_what_is_covered_is_drawn()
    {
        var allowance = Pools.Minutes(100) with { Covers = new Coverage([CdrKind.Voice], ["UK landline", "UK mobile*"], ["UK mobile (Jersey)"]) };
        Pools.Draw([Pools.Call(1, 1, destination: "uk LANDLINE"), Pools.Call(2, 1, destination: "UK mobile O2"), Pools.Call(3, 1, destination: "UK mobile (Jersey)"), Pools.Call(4, 1, destination: "France")],
            Pools.Grant(allowance)).Charges().ShouldBe([0m, 0m, 0.06m, 0.06m]);
    }

    [Fact(DisplayName = "N4 (R11): a call to an 03 number draws where a geographic one would")]
    public void A_call_to_an_03_number_draws_like_a_geographic_one()
    {
        var allowance = Pools.Minutes(100) with { Covers = new Coverage([], ["UK landline"], []) };
        Pools.Draw([Pools.Call(1, 1, destination: "UK 03") with { IsUkWide = true }, Pools.Call(2, 1, destination: "UK 03")], [Pools.Grant(allowance)], [], new DrawState(),
            _ => Pools.Parts() with { Geographic = "UK landline" }).Charges().ShouldBe([0m, 0.06m]);
    }

    [Fact(DisplayName = "N7: services that share no pool leave each other's untouched")]
    public void Each_service_has_its_own_pool()
    {
        var allowance = Pools.Minutes(60, pool: AllowancePool.Service);
        Pools.Draw([Pools.Call(1, 60), Pools.Call(2, 60, service: 2), Pools.Call(3, 1)], Pools.Grant(allowance)).Charges().ShouldBe([0m, 0m, 0.06m]);
        Pools.Draw([Pools.Call(1, 60), Pools.Call(2, 60, service: 2)], Pools.Grant(allowance, service: 2)).Charges().ShouldBe([3.60m, 0m]);
    }

    [Fact(DisplayName = "R17: a free call draws nothing")]
    public void A_free_call_draws_nothing()
    {
        var state = new DrawState();
        Pools.Draw([Pools.Call(1, 60, 0m)], [Pools.Grant(Pools.Minutes(100))], [], state).Single().Parts.ShouldBeEmpty();
        state.Pools.ShouldBeEmpty();
    }

    [Fact(DisplayName = "Vector 25 (R16): a credit takes the charge back and gives the allowance what it had drawn")]
    public void A_reversal_gives_back_what_was_drawn()
    {
        var state = new DrawState();
        var (first, crossing) = (Pools.Call(1, 98), Pools.Call(2, 5));
        var credit = crossing with { Key = new DrawKey(2, 1), RecordKey = Guid.NewGuid(), Price = -0.30m, ReversalOf = crossing.Key };
        var draws = Pools.Draw([first, crossing, credit, Pools.Call(3, 2)], [Pools.Grant(Pools.Minutes(100))], [], state);
        draws.Charges().ShouldBe([0m, 0.18m, -0.18m, 0m]);
        state.Pools.Values.Single().Seconds.ShouldBe(6000);
        // Vector 2's call, charged in full: the same 8.09p come back.
        var call = Pools.Call(1, 1) with { Seconds = 61, BillableSeconds = 61, Price = 0.0809m };
        Pools.Draw([call, call with { Key = new DrawKey(2, 2), Price = -0.0809m, ReversalOf = call.Key }]).Charges().ShouldBe([0.0809m, -0.0809m]);
    }

    [Fact(DisplayName = "R16: a credit of a call nobody knows gives back what can have been drawn and credits the rest")]
    public void A_reversal_of_an_unknown_call_pays_nobody_for_what_was_free()
    {
        var state = new DrawState();
        Pools.Draw([Pools.Call(1, 3), Pools.Call(2, 5, -0.30m)], [Pools.Grant(Pools.Minutes(100))], [], state).Charges().ShouldBe([0m, -0.12m]);
        state.Pools.Values.Single().Seconds.ShouldBe(0);
    }

    [Fact(DisplayName = "T5: periods anchored on the 31st begin on the last day of a shorter month and do not drift")]
    public void Anchors_are_clamped_and_do_not_drift()
    {
        AllowancePeriod.Containing(new(2026, 2, 27), 31).ShouldBe(new DateInterval(new(2026, 1, 31), new(2026, 2, 28)));
        AllowancePeriod.Containing(new(2026, 2, 28), 31).ShouldBe(new DateInterval(new(2026, 2, 28), new(2026, 3, 31)));
        AllowancePeriod.Containing(new(2026, 4, 30), 31).ShouldBe(new DateInterval(new(2026, 4, 30), new(2026, 5, 31)));
        AllowancePeriod.Containing(new(2026, 1, 1), 1).ShouldBe(new DateInterval(new(2026, 1, 1), new(2026, 2, 1)));
    }
}
