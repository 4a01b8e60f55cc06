using Billing.Abstractions.Values;

namespace Billing.Rating.Allowances;

/// <summary>
/// Decides what allowances and spend caps take off the price of calls: pure, and the same whatever order the calls are handed in. It is a computation over
/// a stretch of time, not a price: a call that comes in late and started early changes what is left for those after it.
/// </summary>
public sealed class AllowanceDrawing
{
    // As stored: what has more decimals than this would not come back as it was.
    private const decimal Smallest = 0.000001m;

    private readonly IReadOnlyList<AllowanceGrant> grants;
    private readonly IReadOnlyList<SpendCap> caps;
    private readonly Func<DrawCall, PriceParts> partsOf;
    private readonly decimal coin;
    private readonly DrawState state;

    private AllowanceDrawing(IReadOnlyList<AllowanceGrant> grants, IReadOnlyList<SpendCap> caps, DrawState state, decimal coin, Func<DrawCall, PriceParts> partsOf)
    {
        this.grants = grants;
        this.caps = [.. caps.OrderBy(cap => cap.Service is null).ThenBy(cap => cap.Id)];
        (this.state, this.coin, this.partsOf) = (state, coin, partsOf);
    }

    /// <summary>Draws for the calls of one account.</summary>
    /// <param name="calls">Priced calls, in any order.</param>
    /// <param name="grants">The account's allowances.</param>
    /// <param name="caps">Its spend caps.</param>
    /// <param name="state">What was drawn before the first of the calls; afterwards, what is drawn with them.</param>
    /// <param name="coin">The currency's smallest coin.</param>
    /// <param name="partsOf">What the tariff says of a call's price; asked only where it matters.</param>
    /// <returns>Each call once, in the order of drawing: by start, then by record key.</returns>
    public static IReadOnlyList<CallDraw> Draw(
        IReadOnlyCollection<DrawCall> calls, IReadOnlyList<AllowanceGrant> grants, IReadOnlyList<SpendCap> caps, DrawState state, decimal coin, Func<DrawCall, PriceParts> partsOf)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(caps);
        ArgumentNullException.ThrowIfNull(state);
        var drawing = new AllowanceDrawing(grants, caps, state, coin, partsOf);
        var byKey = calls.ToDictionary(call => call.Key);
        // A reversal comes directly after the call it takes back; a call that starts at the same instant must not draw what is about to be given back.
        return [.. calls.OrderBy(c => c.StartedAt)
            .ThenBy(c => (c.ReversalOf is { } original ? byKey.GetValueOrDefault(original) ?? c : c).RecordKey).ThenBy(c => c.Price < 0)
            .ThenBy(c => c.RecordKey).ThenBy(c => c.Price).ThenBy(c => c.Key.File).ThenBy(c => c.Key.Line)
            .Select(drawing.DrawOne)];
    }

    private CallDraw DrawOne(DrawCall call)
    {
        var draw = call.Price switch
        {
            > 0 => Cap(call, Cover(call)),
            < 0 => Reverse(call),
            _ => new CallDraw(call.Key, call.Service, 0, 0, []),
        };
        state.Remember(draw);
        return draw;
    }

    private CallDraw Cover(DrawCall call)
    {
        var parts = new List<DrawPart>();
        PriceParts? priced = null;
        // What is still to be charged: usage that nothing covers, of which there are so many units, and the set-up fee.
        var (usage, setup, uncovered, of) = (call.Price, 0m, 1m, 1m);
        var endsByMoney = false;
        foreach (var (grant, pool) in PoolsOf(call))
        {
            var allowance = grant.Allowance;
            var coversSetup = parts.Count == 0 && !allowance.ChargesSetup;
            // Most calls are covered whole, set-up fee and all; only the others need the tariff asked what their price is made of.
            if (!(coversSetup && Take(call, grant, pool, call.Price, 0, 1) is { Uncovered: 0, EndsByMoney: false } taken))
            {
                if (parts.Count == 0)
                {
                    if (IsExhausted(grant, SizeOf(pool) - state.UsedOf(pool))) continue;
                    setup = Math.Min(Parts().Setup, call.Price);
                    usage = call.Price - setup;
                }
                if (Take(call, grant, pool, usage, coversSetup ? setup : 0, uncovered / of) is not { } some) continue;
                taken = some;
            }

            parts.Add(taken.Part);
            endsByMoney = taken.EndsByMoney;
            (uncovered, of) = (taken.Uncovered, call.UnitsFor(allowance));
            usage = taken.EndsByMoney ? usage + (coversSetup ? setup : 0) - taken.Part.Amount : taken.Usage;
            if (coversSetup) setup = 0;
            if (uncovered == 0) break;
        }
        if (parts.Count == 0) return new CallDraw(call.Key, call.Service, call.Price, call.Price, parts);

        // Whatever money ran out of is exact as it is; every other part of a price is rounded as its tariff rounds.
        var before = parts.SkipLast(1).Sum(part => part.Amount);
        var charge = usage + setup;
        if (charge > 0 && !endsByMoney) charge = Money.Round(charge, Parts().Mode, Parts().Unit);
        charge = Math.Clamp(Money.Round(charge, Rounding.HalfUp, Smallest), 0, call.Price - before);
        var last = parts[^1];
        var amount = call.Price - charge - before;
        // Rounding moves a part of a coin between what is covered and what is charged; a pool of money never gives more than it has.
        var money = SizeOf(last.Pool).Money is > 0 and var size ? Math.Min(amount, size - last.Used.Money) : amount;
        parts[^1] = last with { Amount = amount, Units = last.Units with { Money = money } };
        foreach (var part in parts) state.Add(part.Pool, call.Service, part.Units);
        return new CallDraw(call.Key, call.Service, call.Price, charge, parts);

        PriceParts Parts() => priced ??= partsOf(call);
    }

    private readonly record struct Taken(DrawPart Part, decimal Uncovered, decimal Usage, bool EndsByMoney);

    // What one pool covers of what is left of a call; null when it covers nothing.
    private Taken? Take(DrawCall call, AllowanceGrant grant, PoolKey pool, decimal usage, decimal setup, decimal share)
    {
        var allowance = grant.Allowance;
        var total = call.UnitsFor(allowance);
        var need = share == 1 ? total : decimal.Ceiling(decimal.Round(total * share, 9, MidpointRounding.AwayFromZero));
        var most = allowance.LongestSeconds is { } longest && call.Kind == Abstractions.Cdr.CdrKind.Voice ? Math.Min(need, Math.Max(0, longest - (total - need))) : need;
        var used = state.UsedOf(pool);
        var left = SizeOf(pool) - used;
        if (most <= 0 || IsExhausted(grant, left)) return null;

        var wanted = UnitsOf(call, most, ValueOf(most));
        var units = wanted;
        var endsByMoney = false;
        foreach (var limit in allowance.Limits.Where(limit => Allowance.Counts(limit.Measure, call.Kind) && left[limit.Measure] < wanted[limit.Measure]))
        {
            switch (allowance.Crossing)
            {
                case CrossingPolicy.FitsOnly:
                    return null;
                case CrossingPolicy.LastFree:
                    units = units.With(limit.Measure, left[limit.Measure]);
                    break;
                default:
                    // Of one call there is no part; what money covers is worked out below.
                    if (limit.Measure is not (AllowanceMeasure.Money or AllowanceMeasure.Calls)) most = Math.Min(most, decimal.Floor(left[limit.Measure]));
                    break;
            }
        }
        var amount = ValueOf(most);
        if (allowance.Crossing == CrossingPolicy.Split)
        {
            if (allowance.Limits.Any(limit => limit.Measure == AllowanceMeasure.Money) && left.Money < amount)
            {
                (endsByMoney, amount) = (true, left.Money);
                most = usage == 0 ? 0 : Math.Clamp(decimal.Floor(need * Math.Max(0, amount - setup) / usage), 0, most);
            }
            if (most <= 0 && !endsByMoney) return null;
            units = UnitsOf(call, most, amount);
        }
        if (!endsByMoney) amount = Money.Round(amount, Rounding.Down, Smallest);
        return new Taken(new DrawPart(pool, used, units with { Money = Math.Min(units.Money, amount) }, need, amount), need - most, usage - usage * most / need, endsByMoney);

        decimal ValueOf(decimal taken) => (taken == need ? usage : usage * taken / need) + setup;
    }

    // Whichever limit comes first ends it, even one that does not count this kind of usage.
    private static bool IsExhausted(AllowanceGrant grant, AllowanceUnits left) => grant.Allowance.Limits.Any(limit => left[limit.Measure] <= 0);

    private static AllowanceUnits UnitsOf(DrawCall call, decimal units, decimal money) => call.Kind switch
    {
        Abstractions.Cdr.CdrKind.Voice => new AllowanceUnits(units, 0, 0, 1, money),
        Abstractions.Cdr.CdrKind.Sms => new AllowanceUnits(0, units, 0, 1, money),
        _ => new AllowanceUnits(0, 0, units, 1, money),
    };

    // Rule R9: a number's before a site's before the account's, and of those the one that ends soonest.
    private IEnumerable<(AllowanceGrant Grant, PoolKey Pool)> PoolsOf(DrawCall call)
    {
        List<(AllowanceGrant Grant, PoolKey Pool, DateOnly Ends)>? found = null;
        foreach (var grant in grants)
        {
            if (!grant.Allowance.Counts(call.Kind) || !grant.IsHadOn(call.Day) || grant.OwnerOf(call) is not { } owner) continue;
            if (!grant.Allowance.Covers.Contains(call.Kind, call.Destination, call.IsUkWide ? partsOf(call).Geographic : null)) continue;
            var period = AllowancePeriod.Containing(call.Day, grant.AnchorDay);
            var ends = grant.EndsOn is { } end && end < period.To ? end : period.To!.Value;
            (found ??= []).Add((grant, new PoolKey(grant.Source, grant.Id, grant.AllowanceId, grant.Allowance.Pool, owner, period.From, period.To!.Value), ends));
        }
        return found is null ? [] : found.OrderBy(f => f.Pool.Pool).ThenBy(f => f.Ends).ThenBy(f => f.Pool.Source).ThenBy(f => f.Pool.Grant).ThenBy(f => f.Pool.Allowance).Select(f => (f.Grant, f.Pool));
    }

    private AllowanceUnits SizeOf(PoolKey pool) =>
        grants.FirstOrDefault(grant => (grant.Source, grant.Id, grant.AllowanceId) == (pool.Source, pool.Grant, pool.Allowance))?.SizeIn(new DateInterval(pool.From, pool.To)) ?? default;

    private CallDraw Cap(DrawCall call, CallDraw draw)
    {
        if (draw.Charge == 0) return draw;
        List<DrawPart>? parts = null;
        var holding = caps.Where(cap => cap.Holds(call)).Select(cap => (Cap: cap, Pool: cap.PoolOf(call))).ToList();
        var charge = draw.Charge;
        foreach (var (cap, pool) in holding)
        {
            var room = Math.Max(0, decimal.Floor((cap.Limit - state.OfOthers(pool, call.Service, coin)) / coin) * coin - state.OfService(pool, call.Service));
            var over = Math.Max(0, charge - room);
            charge -= over;
            (parts ??= [.. draw.Parts]).Add(new DrawPart(pool, state.UsedOf(pool), default, 0, over));
        }
        if (parts is null) return draw;
        // What one cap took off does not count towards another.
        for (var i = draw.Parts.Count; i < parts.Count; i++)
        {
            parts[i] = parts[i] with { Units = AllowanceUnits.Of(AllowanceMeasure.Money, charge) };
            state.Add(parts[i].Pool, call.Service, parts[i].Units);
        }
        return draw with { Charge = charge, Parts = parts };
    }

    // Rule R16: with the original known, its parts with the sign turned. Otherwise what would cover such a call gets back what it can have given, and only the
    // rest is credited: nobody is paid for a call that cost nothing.
    private CallDraw Reverse(DrawCall call)
    {
        if (call.ReversalOf is { } of && state.TakeOriginal(of) is { } original)
        {
            if (original.Parts.Count == 0) return new CallDraw(call.Key, call.Service, call.Price, call.Price, []);
            var turned = original.Parts.Select(part => part with { Used = state.UsedOf(part.Pool), Units = -part.Units, Amount = -part.Amount }).ToList();
            foreach (var part in turned) state.Add(part.Pool, call.Service, part.Units);
            return new CallDraw(call.Key, call.Service, -original.Price, -original.Charge, turned);
        }

        var parts = new List<DrawPart>();
        var (uncovered, total) = (1m, 1m);
        foreach (var (grant, pool) in PoolsOf(call))
        {
            total = call.UnitsFor(grant.Allowance);
            var need = decimal.Ceiling(decimal.Round(total * uncovered, 9, MidpointRounding.AwayFromZero));
            var used = state.UsedOf(pool);
            var back = need;
            foreach (var limit in grant.Allowance.Limits.Where(limit => Allowance.Counts(limit.Measure, call.Kind)))
            {
                var wanted = UnitsOf(call, need, -call.Price * uncovered)[limit.Measure];
                if (used[limit.Measure] < wanted) back = Math.Min(back, decimal.Floor(need * Math.Max(0, used[limit.Measure]) / wanted));
            }
            if (back <= 0) continue;
            var amount = Money.Round(-call.Price * uncovered * back / need, Rounding.Down, Smallest);
            var units = UnitsOf(call, back, Math.Min(amount, used.Money));
            parts.Add(new DrawPart(pool, used, -(units with { Calls = Math.Min(1, used.Calls) }), need, -amount));
            state.Add(pool, call.Service, parts[^1].Units);
            uncovered = (need - back) / total;
            if (uncovered == 0) break;
        }
        if (uncovered == 0)
        {
            // Divisions leave crumbs, and a call that is given back whole leaves none.
            parts[^1] = parts[^1] with { Amount = call.Price - parts.SkipLast(1).Sum(part => part.Amount) };
        }
        var charge = call.Price - parts.Sum(part => part.Amount);
        foreach (var cap in caps.Where(cap => charge < 0 && cap.Holds(call)))
        {
            var pool = cap.PoolOf(call);
            var counted = AllowanceUnits.Of(AllowanceMeasure.Money, -Math.Min(-charge, Math.Max(0, state.OfService(pool, call.Service))));
            parts.Add(new DrawPart(pool, state.UsedOf(pool), counted, 0, 0));
            state.Add(pool, call.Service, counted);
        }
        return new CallDraw(call.Key, call.Service, call.Price, charge, parts);
    }
}
