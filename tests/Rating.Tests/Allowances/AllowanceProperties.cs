using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Rating.Allowances;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.Allowances;

/// <summary>What holds for any allowances, any caps and any calls.</summary>
public class AllowanceProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact(DisplayName = "R9: any order of the calls gives the same draws")]
    public void The_order_they_come_in_does_not_matter() => Prop.ForAll(Arb.From(cases), Arb.From(Gen.Choose(0, int.MaxValue)), (c, seed) =>
    {
        var shuffled = c.Calls.ToArray();
        new Random(seed).Shuffle(shuffled);
        Show(Run(c with { Calls = shuffled }, new DrawState())).ShouldBe(Show(Run(c, new DrawState())));
    }).Check(Many);

    [Fact(DisplayName = "R12: drawing for the earlier calls first and for the later ones on top gives what drawing once gives")]
    public void Drawing_in_two_goes_is_drawing_once() => Prop.ForAll(Arb.From(cases), Arb.From(Gen.Choose(0, 40)), (c, cut) =>
    {
        // Calls that start together, a call and its credit among them, are drawn together.
        var at = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddHours(cut * 24);
        var state = new DrawState();
        var first = Run(c with { Calls = [.. c.Calls.Where(call => call.StartedAt < at)] }, state);
        var then = Run(c with { Calls = [.. c.Calls.Where(call => call.StartedAt >= at)] }, state);
        Show([.. first, .. then]).ShouldBe(Show(Run(c, new DrawState())));
    }).Check(Many);

    [Fact(DisplayName = "R10, R11: no pool gives more than it holds, none is overdrawn, and every call's covered and charged parts are the whole")]
    public void Nothing_is_given_that_is_not_there() => Prop.ForAll(Arb.From(cases), c =>
    {
        var state = new DrawState();
        foreach (var draw in Run(c, state))
        {
            (draw.Charge + draw.Parts.Sum(part => part.Amount)).ShouldBe(draw.Price);
            if (draw.Price >= 0) draw.Charge.ShouldBeInRange(0, draw.Price);
            else draw.Charge.ShouldBeInRange(draw.Price, 0);
            decimal.Round(draw.Charge, 6, MidpointRounding.AwayFromZero).ShouldBe(draw.Charge, "as it is stored");
            draw.Parts.ShouldAllBe(part => decimal.Round(part.Amount, 6, MidpointRounding.AwayFromZero) == part.Amount && decimal.Truncate(part.Units.Seconds) == part.Units.Seconds);
        }
        foreach (var (pool, used) in state.Pools.Where(p => p.Key.Source != GrantSource.Cap))
        {
            var grant = c.Grants.Single(g => g.Id == pool.Grant);
            var size = grant.SizeIn(new DateInterval(pool.From, pool.To));
            foreach (var limit in grant.Allowance.Limits) used[limit.Measure].ShouldBeInRange(0, size[limit.Measure]);
        }
    }).Check(Many);

    [Fact(DisplayName = "R18: what is billed under a cap, line by line rounded to the penny, is never more than its limit")]
    public void No_cap_is_exceeded() => Prop.ForAll(Arb.From(cases), c =>
    {
        var days = c.Calls.ToDictionary(call => call.Key, call => AllowancePeriod.Containing(call.Day, 1).From);
        foreach (var period in Run(c, new DrawState()).GroupBy(d => days[d.Call]))
            period.GroupBy(d => d.Service).Sum(s => Money.Round(s.Sum(d => d.Charge), Rounding.HalfUp, 0.01m)).ShouldBeLessThanOrEqualTo(c.Caps.Count == 0 ? decimal.MaxValue : c.Caps.Min(cap => cap.Limit));
    }).Check(Many);

    [Fact(DisplayName = "R16: a call and its credit leave every pool as if neither had been, and cost nothing together")]
    public void A_call_and_its_credit_are_nothing() => Prop.ForAll(Arb.From(cases), c =>
    {
        var (with, without) = (new DrawState(), new DrawState());
        var calls = c.Calls.Where(call => call.Price > 0).ToList();
        if (calls.Count == 0) return;
        var taken = calls[calls.Count / 2];
        var credit = taken with { Key = new DrawKey(99, 1), RecordKey = Guid.NewGuid(), Price = -taken.Price, ReversalOf = taken.Key };
        var draws = Run(c with { Calls = [.. calls, credit] }, with);
        draws.Where(d => d.Call == taken.Key || d.Call == credit.Key).Sum(d => d.Charge).ShouldBe(0);
        var others = Run(c with { Calls = [.. calls.Where(call => call.Key != taken.Key)] }, without);
        Show([.. draws.Where(d => d.Call != taken.Key && d.Call != credit.Key)]).ShouldBe(Show(others));
        with.Pools.Where(p => p.Value != default).ShouldBe(without.Pools.Where(p => p.Value != default), ignoreOrder: true);
    }).Check(Many);

    [Fact(DisplayName = "3.3: the steps alone give the charge again")]
    public void The_steps_give_the_charge_again() => Prop.ForAll(Arb.From(cases), c =>
    {
        foreach (var draw in Run(c, new DrawState()))
            AllowanceSteps.Of(draw, _ => "x").Aggregate(draw.Price, (amount, step) => amount - (decimal)step.Values.Single(v => v.Key == "covered").Value).ShouldBe(draw.Charge);
    }).Check(Many);

    private static IReadOnlyList<CallDraw> Run(Case c, DrawState state) => Pools.Draw(c.Calls, c.Grants, c.Caps, state, call => new PriceParts(Math.Min(0.03m, Math.Abs(call.Price)), c.Mode, c.Unit, null));

    private static string Show(IEnumerable<CallDraw> draws) =>
        string.Join('\n', draws.OrderBy(d => d.Call.File).ThenBy(d => d.Call.Line).Select(d => $"{d.Call} {d.Price.ToString("0.######", null)} {d.Charge.ToString("0.######", null)} {string.Join(' ', d.Parts.Select(p => $"{p.Pool} {Plain(p.Used)} {Plain(p.Units)} {p.Amount:0.######}"))}"));

    private static string Plain(AllowanceUnits units) => $"{units.Seconds:0.######}/{units.Messages:0.######}/{units.Bytes:0.######}/{units.Calls:0.######}/{units.Money:0.######}";

    private sealed record Case(IReadOnlyList<DrawCall> Calls, IReadOnlyList<AllowanceGrant> Grants, IReadOnlyList<SpendCap> Caps, Rounding Mode, decimal Unit);

    private static readonly Gen<Allowance> allowances =
        from crossing in Gen.Elements(Enum.GetValues<CrossingPolicy>())
        from pool in Gen.Elements(Enum.GetValues<AllowancePool>())
        from limits in Gen.Elements(
            new AllowanceLimit[][] { [new(AllowanceMeasure.Seconds, 3000)], [new(AllowanceMeasure.Messages, 7)], [new(AllowanceMeasure.Bytes, 5000)], [new(AllowanceMeasure.Calls, 5)], [new(AllowanceMeasure.Money, 3.33m)],
                [new(AllowanceMeasure.Seconds, 4000), new(AllowanceMeasure.Money, 2m)], [new(AllowanceMeasure.Calls, 4), new(AllowanceMeasure.Seconds, 2500)] })
        from flags in Gen.Choose(0, 15)
        select new Allowance("A", limits, (flags & 8) == 0 ? Coverage.All : new Coverage([], ["UK*"], []), pool, crossing, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0 ? 700 : null, PartPeriod.Prorated);

    private static readonly Gen<AllowanceGrant> grants =
        from allowance in allowances
        from start in Gen.Choose(0, 45)
        from length in Gen.Choose(1, 90)
        from anchor in Gen.Choose(1, 31)
        from quantity in Gen.Choose(1, 3)
        from service in Gen.Choose(0, 2)
        select Pools.Grant(allowance, 1, new DateInterval(new DateOnly(2026, 3, 20).AddDays(start), new DateOnly(2026, 3, 20).AddDays(start + length)), quantity, anchor, service == 0 ? null : service, service == 2 ? 5 : null);

    private static readonly Gen<DrawCall> calls =
        from hour in Gen.Choose(0, 40 * 24)
        from kind in Gen.Elements(CdrKind.Voice, CdrKind.Voice, CdrKind.Voice, CdrKind.Sms, CdrKind.Data)
        from seconds in Gen.Choose(1, 1500)
        from quantity in Gen.Choose(1, 3000)
        from price in Gen.Choose(-200, 2000)
        from service in Gen.Choose(1, 3)
        from uk in Gen.Choose(0, 2)
        select Pools.Call(0, 1, price / 1000m, new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour), service, service == 2 ? 5 : null, uk == 0 ? "France" : "UK landline") with
        {
            Kind = kind, Seconds = seconds, BillableSeconds = (seconds + 59) / 60 * 60, Quantity = kind == CdrKind.Sms ? quantity % 4 : quantity,
        };

    private static readonly Gen<Case> cases =
        from some in calls.ListOf().Where(list => list.Count < 40)
        from given in grants.ListOf().Where(list => list.Count < 5)
        from caps in Gen.Elements<decimal[]>([], [], [1.234m], [5m, 2m])
        from mode in Gen.Elements(Enum.GetValues<Rounding>())
        from unit in Gen.Elements(0.0001m, 0.001m, 0.01m, 0.000001m)
        select new Case(
            [.. some.Select((call, i) => call with { Key = new DrawKey(1, i), RecordKey = new Guid(i, 1, 2, new byte[8]) })],
            [.. given.Select((grant, i) => grant with { Id = i + 1, AllowanceId = i + 1 })],
            [.. caps.Select((limit, i) => new SpendCap(i + 1, limit, Coverage.All, null, 1, Pools.Ever, []))], mode, unit);
}
