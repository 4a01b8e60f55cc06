using Billing.Abstractions.Values;
using Billing.Rating.Allowances;

namespace Billing.Rating.Tests.Allowances;

/// <summary>Rule R18: at most the limit is billed, whatever was used.</summary>
public class SpendCapTests
{
    private static SpendCap Cap(decimal limit, long? service = null, params DateInterval[] lifted) => new(1, limit, Coverage.All, service, 1, Pools.Ever, lifted);

    [Fact(DisplayName = "Vector 23 (R18): a cap of 5 pounds and a roaming call of 40 that comes late: 5 are billed")]
    public void At_most_the_limit_is_billed()
    {
        var state = new DrawState();
        Pools.Draw([Pools.Call(1, 1, 3.20m)], [], [Cap(5)], state).Charges().ShouldBe([3.20m]);
        // Billed already; then the late one, though it started earlier.
        var late = Pools.Draw([Pools.Call(0, 100, 40m)], [], [Cap(5)], state).Single();
        (late.Charge, late.Price, late.Parts.Single().Amount).ShouldBe((1.80m, 40m, 38.20m));
        Pools.Draw([Pools.Call(2, 1)], [], [Cap(5)], state).Charges().ShouldBe([0m]);
    }

    [Fact(DisplayName = "R18: what an allowance covers does not count towards a cap")]
    public void Covered_usage_does_not_count() =>
        Pools.Draw([Pools.Call(1, 100, 40m), Pools.Call(2, 100, 40m)], [Pools.Grant(Pools.Minutes(100))], [Cap(5)], new DrawState()).Charges().ShouldBe([0m, 5m]);

    [Fact(DisplayName = "R18: consent lifts a cap for the days it was given for")]
    public void Consent_lifts_it() =>
        Pools.Draw([Pools.Call(1, 1, 4m), Pools.Call(2, 1, 4m, new DateTimeOffset(2026, 4, 20, 9, 0, 0, TimeSpan.Zero)), Pools.Call(3, 1, 4m, new DateTimeOffset(2026, 4, 25, 9, 0, 0, TimeSpan.Zero))],
            [], [Cap(5, null, new DateInterval(new(2026, 4, 20), new(2026, 4, 21)))], new DrawState()).Charges().ShouldBe([4m, 4m, 1m]);

    [Fact(DisplayName = "R18: a cap of one service leaves the others alone, one of the account holds all of them together")]
    public void A_cap_is_a_services_or_the_accounts()
    {
        DrawCall[] calls = [Pools.Call(1, 1, 4m), Pools.Call(2, 1, 4m, service: 2), Pools.Call(3, 1, 4m)];
        Pools.Draw(calls, [], [Cap(5, 1)], new DrawState()).Charges().ShouldBe([4m, 4m, 1m]);
        Pools.Draw(calls, [], [Cap(5)], new DrawState()).Charges().ShouldBe([4m, 1m, 0m]);
        Pools.Draw(calls, [], [Cap(5, 1), Cap(7) with { Id = 2 }], new DrawState()).Charges().ShouldBe([4m, 3m, 0m]);
    }

    [Fact(DisplayName = "R18: the invoice lines of several services, each rounded to the penny, stay within the limit")]
    public void Rounded_lines_stay_within_the_limit()
    {
        var draws = Pools.Draw([Pools.Call(1, 1, 2.505m), Pools.Call(2, 1, 4m, service: 2)], [], [Cap(5)], new DrawState());
        draws.GroupBy(d => d.Service).Sum(g => Money.Round(g.Sum(d => d.Charge), Rounding.HalfUp, 0.01m)).ShouldBe(5m);
    }

    [Fact(DisplayName = "R16 with R18: a credit makes room under a cap again")]
    public void A_credit_makes_room_again()
    {
        var call = Pools.Call(1, 1, 4m);
        Pools.Draw([call, call with { Key = new DrawKey(2, 1), Price = -4m, ReversalOf = call.Key }, Pools.Call(2, 1, 9m)], [], [Cap(5)], new DrawState()).Charges().ShouldBe([4m, -4m, 5m]);
    }
}
