using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Invoicing.Charges;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Rating.Allowances;
using Billing.Usage.Allowances;

namespace Billing.Invoicing.Tests.Allowances;

/// <summary>Three months of several accounts: bundles in products, pools, a cap, a change of quantity, late calls. Every penny is worked out by hand beside it.</summary>
[Trait("needs", "postgres")]
public sealed class MonthsTests
{
    [Fact(DisplayName = "R8 to R12, R16, R18: three months of four accounts, bill by bill")]
    public async Task Three_months_of_four_accounts()
    {
        await using var books = await Shop.OpenAsync();
        var pooled = await books.CustomerAsync("A", Shop.First, Shop.Second);
        var bundled = await books.CustomerAsync("B", Shop.Third);
        var capped = await books.CustomerAsync("C", Shop.Third + 1);
        await books.CustomerAsync("D", Shop.Third + 2);
        await books.GiveAsync(pooled, Shop.Minutes(100));
        await books.SellAsync(bundled, Shop.Third, await books.DefineAsync("B60", Shop.Minutes(60, AllowancePool.Service)), 1, new(2026, 3, 17));
        await books.CapAsync(capped, 2m);

        // March. A: 60 + 60 minutes of 100, 20 over at 6p: 1.20. B: from the 17th, 15 of 31 days: 29 min 2 s of 60; 30 minutes: 58 s at 6p: 0.058, and 15/31 of the rental, 2.42.
        // C: 40 minutes are 2.40, of which 2.00. D: 10 minutes, 0.60.
        (await books.ImportAsync("march.csv",
            books.Call(Shop.First, "2026-03-05 10:00:00", 3600), books.Call(Shop.Second, "2026-03-06 10:00:00", 3600),
            books.Call(Shop.Third, "2026-03-20 10:00:00", 1800),
            books.Call(Shop.Third + 1, "2026-03-20 10:00:00", 2400),
            books.Call(Shop.Third + 2, "2026-03-20 10:00:00", 600))).ValueOrThrow();
        await books.BillAsync(Books.March);
        (await books.InvoicesAsync()).Select(i => (i.AccountNumber, i.Net)).ShouldBe([("A", 1.20m), ("B", 2.48m), ("C", 2.00m), ("D", 0.60m)]);
        await books.ShouldAddUpAsync();

        // April. A: 30 minutes, and ten of March that come late: March's pool is used up, 0.60; nothing else to pay.
        // B: 60 minutes are there again; two of them from the 16th on: 15 days at one and 15 at two are 90 minutes. 100 minutes: 10 at 6p, 0.60; rental 2.50 + 5.00.
        // C: 20 minutes, 1.20: within the cap. D: 10 minutes, 0.60.
        await using (var db = await books.BeginAsync())
        {
            var charge = (await ChargeBook.LoadAsync(db, bundled)).Single();
            (await ChargeBook.ChangeAsync(db, bundled, charge.Charge.Id, charge.Version, new(2026, 4, 16), 2, 5m, "Minutes", new ChargeHistory())).ValueOrThrow();
            await db.CommitAsync();
        }
        (await books.ImportAsync("april.csv",
            books.Call(Shop.First, "2026-03-30 10:00:00", 600), books.Call(Shop.First, "2026-04-05 10:00:00", 1800),
            books.Call(Shop.Third, "2026-04-10 10:00:00", 3000), books.Call(Shop.Third, "2026-04-20 10:00:00", 3000),
            books.Call(Shop.Third + 1, "2026-04-20 10:00:00", 1200),
            books.Call(Shop.Third + 2, "2026-04-20 10:00:00", 600))).ValueOrThrow();
        await books.BillAsync(Shop.April);
        (await books.InvoicesAsync()).Skip(4).Select(i => (i.AccountNumber, i.Net)).ShouldBe([("A", 0.60m), ("B", 8.10m), ("C", 1.20m), ("D", 0.60m)]);
        (await books.DocumentAsync("A")).Usage!.ShouldSatisfyAllConditions(u => u.LateCalls.ShouldBe(1), u => u.CoveredCalls.ShouldBe(1), u => u.Allowances!.Single().Used.ShouldBe("30 min"));
        (await books.DocumentAsync("B")).Usage!.Allowances!.Single().ShouldSatisfyAllConditions(a => a.Size.ShouldBe("90 min"), a => a.For.ShouldBe("Line 1"));
        (await books.DocumentAsync("D")).Usage!.Allowances.ShouldBeNull();
        await books.ShouldAddUpAsync();

        // May. A's allowance has ended with April: everything is charged. B: 120 minutes, all covered, and the rental alone is billed. C removes the cap.
        await using (var db = await books.BeginAsync())
        {
            var given = (await GivenAllowanceBook.LoadAsync(db, [pooled])).Single();
            (await GivenAllowanceBook.EndAsync(db, pooled, given.Id, given.Version, new(2026, 4, 30))).ValueOrThrow();
            var cap = (await SpendCapBook.LoadAsync(db, [capped])).Single();
            (await SpendCapBook.EndAsync(db, capped, cap.Id, cap.Version, new(2026, 4, 30))).ValueOrThrow();
            await db.CommitAsync();
        }
        (await books.ImportAsync("may.csv",
            books.Call(Shop.First, "2026-05-05 10:00:00", 600), books.Call(Shop.Third, "2026-05-10 10:00:00", 7200), books.Call(Shop.Third + 1, "2026-05-20 10:00:00", 6000))).ValueOrThrow();
        await books.BillAsync(Shop.May);
        (await books.InvoicesAsync()).Skip(8).Select(i => (i.AccountNumber, i.Net)).ShouldBe([("A", 0.60m), ("B", 10.00m), ("C", 6.00m)]);
        await books.ShouldAddUpAsync();

        // Nothing of it changes when everything is drawn for once more.
        var draws = await books.DrawsAsync();
        await using (var db = await books.BeginAsync())
        {
            await AllowanceDraws.RedrawAllAsync(db, books.Tenant);
            await db.CommitAsync();
        }
        (await books.DrawsAsync()).ShouldBe(draws);
    }
}
