using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Rating.Allowances;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Tenancy;
using Billing.Tenancy.Tenants;
using Billing.Usage.Matching;
using Billing.Usage.WhatIf;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Usage.Tests.WhatIf;

/// <summary>What holds of a comparison whatever the calls: random calls, messages and credits of accounts with and without allowances and caps.</summary>
public class WhatIfProperties
{
    private const string Document = """
        {
          "formatVersion": 1, "name": "Any", "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "half-up", "unit": "0.0001", "level": "line" },
          "timeBands": [ { "name": "day", "when": [ { "days": ["mon", "tue", "wed", "thu", "fri"], "from": "08:00", "to": "18:00" } ] }, { "name": "evening", "when": [ { "days": ["mon", "tue", "wed", "thu", "fri"], "from": "00:00", "to": "08:00" },
            { "days": ["mon", "tue", "wed", "thu", "fri"], "from": "18:00", "to": "24:00" }, { "days": ["sat", "sun"], "from": "00:00", "to": "24:00" } ] } ],
          "bandPricing": "split", "defaults": { "interval": { "first": 30, "next": 6 }, "connection": "0.017" },
          "rates": [
            { "prefix": "44", "destination": "UK", "perMinute": { "day": "0.0317", "evening": "0.0113" } }, { "prefix": "443", "destination": "UK 03", "perMinute": "0.03" },
            { "prefix": "33", "destination": "France", "perMinute": "0.07", "minimum": "0.05" }, { "prefix": "44808", "destination": "Freephone", "free": true },
            { "kind": "sms", "prefix": "44", "destination": "Messages", "perMessage": "0.041" }
          ]
        }
        """;

    private static readonly Tenant London = new(new TenantId(1), "test", "Test", "Test Ltd", [], "GB", null, null, Currency.Gbp, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        new Brand(null, "#000000", "#000000", null, null, null, [], null), 60);

    private static readonly DateOnly February = new(2026, 2, 1);

    private static readonly Gen<ReplayedCall[]> Calls = Gen.ArrayOf(
        from service in Gen.Choose(1, 6)
        from second in Gen.OneOf(Gen.Choose(0, 90 * 86_400 - 1), Gen.Elements(0, 27 * 86_400 + 86_399, 28 * 86_400, 1_000_000))
        from seconds in Gen.OneOf(Gen.Choose(0, 400), Gen.Choose(1, 20_000))
        from to in Gen.Elements("+442079460000", "+443001234567", "+33140000000", "+448081570142", "+8811234567", null)
        from kind in Gen.Frequency((6, Gen.Constant(CdrKind.Voice)), (1, Gen.Constant(CdrKind.Sms)))
        from cost in Gen.Elements<decimal?>(0.01m, 0.01m, 0.5m, -0.01m, null)
        from key in Gen.Choose(0, int.MaxValue)
        select new ReplayedCall(1, 0, new Guid(key, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)service), service,
            new CallFacts(London.StartOf(February).AddSeconds(second), CallDirection.Out, "+441632960001", to, null, seconds, null, cost, Currency.Gbp) { Kind = kind, Quantity = kind == CdrKind.Sms ? 2 : 1 }, null));

    [Fact]
    [Trait("feature", "3.5")]
    public void F3_5_an_unchanged_draft_changes_nothing_whatever_the_calls() => Prop.ForAll(Calls.ToArbitrary(), calls =>
    {
        var outcome = Replay(calls, Document);
        return outcome.Total.IsUnchanged && outcome.Total.Before == outcome.Total.After && outcome.Total.Calls == calls.Length
            && outcome.Accounts.All(a => a.Figures.IsUnchanged && a.Share is null) && outcome.Destinations.All(d => d.Figures.IsUnchanged) && outcome.Months.All(m => m.Figures.IsUnchanged)
            && outcome.Causes.All(cause => !cause.IsNew) && outcome.Causes.Sum(cause => cause.Calls) == outcome.Total.Unrated;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("feature", "3.5")]
    public void F3_5_months_accounts_and_destinations_each_add_up_to_the_whole() => Prop.ForAll(Calls.ToArbitrary(), calls =>
    {
        var outcome = Replay(calls, TariffWriter.Write(TariffRaise.By(TariffReader.Read(Document).TariffOrThrow(), 7.5m).TariffOrThrow()).Replace("\"33\"", "\"34\"", StringComparison.Ordinal));
        foreach (var parts in (IEnumerable<WhatIfFigures>[])[outcome.Months.Select(m => m.Figures), outcome.Accounts.Select(a => a.Figures), outcome.Destinations.Select(d => d.Figures)])
        {
            var whole = parts.Aggregate(WhatIfFigures.None, Sum);
            if (whole != outcome.Total) return false;
        }
        var total = outcome.Total;
        return total.Calls == calls.Length && total.MarginAfter - total.MarginBefore == total.Change
            && outcome.Causes.Sum(cause => cause.Calls) == total.Lost + total.Unrated && outcome.Causes.Where(cause => cause.IsNew).Sum(cause => cause.Worth) == total.LostWorth;
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("feature", "3.5")]
    public void F3_5_an_account_that_the_change_does_not_reach_has_no_change() => Prop.ForAll(Calls.ToArbitrary(), calls =>
    {
        var outcome = Replay(calls, null, new WhatIfMove("A3", null, "dear"));
        return outcome.Accounts.Where(a => a.AccountId != 3).All(a => a.Figures.IsUnchanged);
    }).QuickCheckThrowOnFailure();

    private static WhatIfOutcome Replay(ReplayedCall[] calls, string? draft, params WhatIfMove[] moves)
    {
        var shelf = TariffShelf.Of([Shelved(7, "default", Document), Shelved(8, "dear", Document.Replace("\"0.0", "\"0.9", StringComparison.Ordinal))], 7);
        var plan = new WhatIfPlan("Any", February, 3, draft is null ? [] : [new WhatIfDraft("default", draft, null, null)], moves);
        // Two services an account; the second account has minutes and money, the third a cap.
        var holders = Enumerable.Range(1, 6).Select(i => new ReplayedTariffs.Holder(new ServiceId(i), new AccountId((i + 1) / 2), $"A{(i + 1) / 2}", $"Line {i}", null, i == 6 ? 8 : null, null)).ToList();
        var tariffs = ReplayedTariffs.Of(shelf, holders, plan).ValueOrThrow();
        var ever = new DateInterval(new(2026, 1, 1), null);
        AllowanceGrant Grant(long id, params AllowanceLimit[] limits) =>
            new(GrantSource.Given, id, id, new Allowance("Some", limits, new Coverage([], ["UK*", "Messages"], []), AllowancePool.Account, CrossingPolicy.Split, id == 1, id == 2, null, PartPeriod.Full), [new GrantSlice(ever, 1)], 10, null, null);
        var held = new Dictionary<AccountId, HeldAllowances>
        {
            [new(2)] = new([Grant(1, new AllowanceLimit(AllowanceMeasure.Seconds, 900)), Grant(2, new AllowanceLimit(AllowanceMeasure.Money, 0.5m))], []),
            [new(3)] = new([], [new StoredSpendCap(5, new AccountSpendCap(new AccountId(3), null, "Cap", 0.3m, Coverage.All, 1, ever), [], 1)]),
        };
        var counter = new WhatIfCounter(London, plan, tariffs, held, Array.Empty<(long, WhatIfCounter.OpeningDraw)>().ToLookup(d => d.Item1, d => d.Item2));
        foreach (var call in calls.Select((call, i) => call with { Line = i + 1 }).OrderBy(call => (call.Service + 1) / 2).ThenBy(call => call.Facts.StartedAt)) counter.Add(call);
        return counter.Finish([]);
    }

    private static ShelvedTariff Shelved(long id, string code, string document) => new(id, code, 1, CompiledTariff.Compile(TariffReader.Read(document).TariffOrThrow()));

    private static WhatIfFigures Sum(WhatIfFigures a, WhatIfFigures b) => new(
        a.Calls + b.Calls, a.Seconds + b.Seconds, a.Charged + b.Charged, a.Before + b.Before, a.After + b.After, a.Cost + b.Cost, a.WithoutCost + b.WithoutCost, a.PricedOtherwise + b.PricedOtherwise,
        a.ChargedOtherwise + b.ChargedOtherwise, a.Lost + b.Lost, a.LostWorth + b.LostWorth, a.Gained + b.Gained, a.GainedWorth + b.GainedWorth, a.Unrated + b.Unrated);
}
