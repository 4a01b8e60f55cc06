using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Rating.Allowances;
using Billing.Tenancy.Tenants;
using Billing.Usage.Allowances;
using Billing.Usage.Matching;

namespace Billing.Usage.WhatIf;

/// <summary>
/// Prices calls on both sides and counts: pure, and without a memory of calls. What it keeps grows with accounts and destinations. Calls of an account that has
/// allowances or caps must come together and in order of their start, for they are drawn for; all others in any order.
/// </summary>
internal sealed class WhatIfCounter
{
    // As stored: a price with more decimals would not be the one that is charged.
    private const decimal Smallest = 0.000001m;

    private readonly Tenant tenant;
    private readonly ReplayedTariffs tariffs;
    private readonly IReadOnlyDictionary<AccountId, HeldAllowances> held;
    private readonly ILookup<long, OpeningDraw> opening;
    private readonly CallPricer before;
    private readonly CallPricer after;
    private readonly DateTimeOffset[] monthsEnd;
    private readonly DateOnly first;
    private readonly decimal coin;

    private readonly WhatIfTally total = new();
    private readonly WhatIfTally[] months;
    private readonly Dictionary<long, WhatIfTally> accounts = [];
    private readonly Dictionary<(CdrKind, string?), WhatIfTally> destinations = [];
    private readonly Dictionary<(string, string?, string?), WhatIfCause> causes = [];

    private readonly List<Waiting> waiting = [];
    private long drawingFor;
    private DrawState drawnBefore = new();
    private DrawState drawnAfter = new();

    /// <param name="tenant">Clock and currency.</param>
    /// <param name="plan">The months.</param>
    /// <param name="tariffs">Both sides.</param>
    /// <param name="held">What accounts that have any allowance or cap hold.</param>
    /// <param name="opening">What calls before the months drew, by account.</param>
    public WhatIfCounter(Tenant tenant, WhatIfPlan plan, ReplayedTariffs tariffs, IReadOnlyDictionary<AccountId, HeldAllowances> held, ILookup<long, OpeningDraw> opening)
    {
        (this.tenant, this.tariffs, this.held, this.opening, first) = (tenant, tariffs, held, opening, plan.From);
        var nobody = new OwnerIndex([]);
        (before, after) = (new CallPricer(tenant, nobody, tariffs.Before), new CallPricer(tenant, nobody, tariffs.After));
        months = [.. Enumerable.Range(0, plan.Months).Select(_ => new WhatIfTally())];
        monthsEnd = [.. Enumerable.Range(1, plan.Months).Select(i => tenant.StartOf(plan.From.AddMonths(i)))];
        coin = Money.CoinOf(tenant.Currency);
    }

    /// <summary>What somebody drew before the first month, of a pool whose period reaches into it.</summary>
    internal sealed record OpeningDraw(long Service, PoolKey Pool, AllowanceUnits Units);

    private readonly record struct Waiting(ReplayedCall Call, ReplayedService Service, PricedCall Before, PricedCall After);

    /// <summary>Replays one call.</summary>
    public void Add(in ReplayedCall call)
    {
        var service = tariffs.Services[call.Service];
        var priceBefore = Rounded(before.PriceFor(service.Before, call.Facts));
        var priceAfter = service.IsTouched ? Rounded(after.PriceFor(service.After, call.Facts)) : priceBefore;
        if (!held.ContainsKey(service.Before.Account))
        {
            Count(call, service, priceBefore, priceAfter, ChargeOf(priceBefore), ChargeOf(priceAfter));
            return;
        }
        var account = service.Before.Account.Value;
        if (waiting.Count > 0 && (drawingFor != account || waiting[0].Call.Facts.StartedAt != call.Facts.StartedAt)) Draw();
        if (drawingFor != account) Open(account);
        waiting.Add(new Waiting(call, service, priceBefore, priceAfter));
    }

    /// <summary>What all of it comes to.</summary>
    public WhatIfOutcome Finish(IReadOnlyList<WhatIfLeftOut> leftOut)
    {
        Draw();
        var found = accounts.Select(a => new WhatIfAccount(a.Key, System.Numerics.BitOperations.PopCount(a.Value.Months), a.Value.ToFigures())).OrderByDescending(a => a.Figures.Change).ThenBy(a => a.AccountId).ToList();
        var (rises, falls) = (found.Sum(a => Math.Max(0, a.Figures.Change)), found.Sum(a => Math.Min(0, a.Figures.Change)));
        return new WhatIfOutcome(
            total.ToFigures(),
            [.. months.Select((month, i) => new WhatIfMonth(first.AddMonths(i), month.ToFigures()))],
            [.. found.Select(a => a with { Share = a.Figures.Change == 0 ? null : decimal.Round(a.Figures.Change * 100 / (a.Figures.Change > 0 ? rises : falls), 1, MidpointRounding.AwayFromZero) })],
            [.. destinations.Select(d => new WhatIfDestination(Catalog.Allowances.AllowanceWords.Of(d.Key.Item1), d.Key.Item2, d.Value.ToFigures()))
                .OrderByDescending(d => Math.Abs(d.Figures.Change)).ThenByDescending(d => d.Figures.Calls).ThenBy(d => d.Kind, StringComparer.Ordinal).ThenBy(d => d.Destination, StringComparer.Ordinal)],
            [.. causes.Values.OrderByDescending(c => c.IsNew).ThenByDescending(c => c.Calls).ThenBy(c => c.Code, StringComparer.Ordinal).ThenBy(c => c.Tariff, StringComparer.Ordinal).ThenBy(c => c.Destination, StringComparer.Ordinal)],
            leftOut);
    }

    private static decimal? ChargeOf(PricedCall price) => price.Error is null ? price.Charge : null;

    private static PricedCall Rounded(PricedCall price) => Money.Round(price.Charge, Rounding.HalfUp, Smallest) is var rounded && rounded == price.Charge ? price : price with { Charge = rounded };

    private void Open(long account)
    {
        drawingFor = account;
        (drawnBefore, drawnAfter) = (new DrawState(), new DrawState());
        foreach (var (service, pool, units) in opening[account])
        {
            drawnBefore.Add(pool, service, units);
            drawnAfter.Add(pool, service, units);
        }
    }

    // Calls of one account that started together: what comes later can't change what they draw, and a reversal tells the start of the call it takes back.
    private void Draw()
    {
        if (waiting.Count == 0) return;
        var chargesBefore = Draw(drawnBefore, w => (w.Before, w.Service.TariffBefore));
        var chargesAfter = tariffs.TouchedAccounts.Contains(drawingFor) ? Draw(drawnAfter, w => (w.After, w.Service.TariffAfter)) : chargesBefore;
        foreach (var (call, service, priceBefore, priceAfter) in waiting)
        {
            var key = new DrawKey(call.File, call.Line);
            Count(call, service, priceBefore, priceAfter, priceBefore.Error is null ? chargesBefore[key] : null, priceAfter.Error is null ? chargesAfter[key] : null);
        }
        waiting.Clear();
    }

    private Dictionary<DrawKey, decimal> Draw(DrawState state, Func<Waiting, (PricedCall Price, Rating.RateCards.ShelvedTariff? Tariff)> side)
    {
        var calls = new List<OpenCall>(waiting.Count);
        var compiled = new Dictionary<DrawKey, (OpenCall Call, Rating.Engine.CompiledTariff Tariff)>(waiting.Count);
        foreach (var one in waiting)
        {
            var (price, tariff) = side(one);
            if (price.Error is not null || tariff is null) continue;
            var (call, facts, account) = (one.Call, one.Call.Facts, one.Service.Before.Account);
            var open = new OpenCall(account, new DrawCall
            {
                Key = new DrawKey(call.File, call.Line), RecordKey = call.RecordKey, StartedAt = facts.StartedAt, Day = tenant.DayOf(facts.StartedAt), Account = account.Value, Service = call.Service,
                Site = one.Service.Site, Kind = facts.Kind, Destination = price.Destination ?? "", IsUkWide = facts.Called?.StartsWith("+443", StringComparison.Ordinal) == true, Seconds = facts.Seconds,
                BillableSeconds = price.BillableSeconds, Quantity = facts.Quantity, Price = price.Charge,
            }, facts.Called ?? "", price.Charge, (tariff.TariffId, tariff.Version), facts.ChargeCode, facts.Cost, facts.CostCurrency);
            calls.Add(open);
            compiled[open.Call.Key] = (open, tariff.Compiled);
        }
        var holds = held[new AccountId(drawingFor)];
        var draws = AllowanceDrawing.Draw([.. AllowanceDraws.WithOriginals(calls).Select(call => call.Call)], holds.Grants, holds.SpendCaps, state, coin,
            call => TariffQuestions.PartsOf(compiled[call.Key].Tariff, compiled[call.Key].Call));
        state.ForgetCalls();
        return draws.ToDictionary(draw => draw.Call, draw => draw.Charge);
    }

    private void Count(in ReplayedCall call, ReplayedService service, PricedCall priceBefore, PricedCall priceAfter, decimal? chargeBefore, decimal? chargeAfter)
    {
        var facts = call.Facts;
        var month = 0;
        while (month < monthsEnd.Length - 1 && facts.StartedAt >= monthsEnd[month]) month++;
        var cost = facts.CostCurrency.IsUnset || facts.CostCurrency == tenant.Currency ? facts.Cost : null;
        var destination = priceBefore.Destination ?? priceAfter.Destination;
        foreach (var tally in (ReadOnlySpan<WhatIfTally>)[total, months[month], Of(accounts, service.Before.Account.Value), Of(destinations, (facts.Kind, destination))])
            tally.Add(month, facts.Seconds, call.Charged, chargeBefore, chargeAfter, cost);
        if (priceAfter.Error is not { } error) return;

        var cause = (error.Code, service.TariffAfter?.Code, priceBefore.Destination);
        causes[cause] = causes.TryGetValue(cause, out var known)
            ? known with { Calls = known.Calls + 1, Worth = known.Worth + (chargeBefore ?? 0) }
            : new WhatIfCause(error.Code, service.TariffAfter?.Code, priceBefore.Destination, error.Message, call.File, call.Line, 1, chargeBefore ?? 0);
    }

    private static WhatIfTally Of<TKey>(Dictionary<TKey, WhatIfTally> tallies, TKey key) where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out var tally)) tallies[key] = tally = new WhatIfTally();
        return tally;
    }
}
