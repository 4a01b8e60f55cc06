using Billing.Abstractions.Values;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Rating.Allowances;
using Billing.Tenancy.Users;
using Billing.Usage.Allowances;
using Billing.Usage.Explaining;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Tests.Allowances;

/// <summary>Draws on a real database: whatever is imported, priced again, mended or replaced, and in whatever order.</summary>
[Trait("needs", "postgres")]
public sealed class DrawTests
{
    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    [Fact(DisplayName = "Vector 5 (R10) end to end: 98 of 100 minutes used and a five-minute call at 6p are 18p on the bill, the rest is in allowance")]
    public async Task The_crossing_call_is_split_and_billed()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(100));
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 98 * 60), books.Call(Shop.First, "2026-03-03 10:00:00", 300))).ValueOrThrow();

        (await books.CallsAsync()).ShouldBe([(0m, "open"), (0.18m, "open")]);
        (await books.PoolsAsync(account, new(2026, 3, 5))).Pools.Single().Levels.Single().ShouldBe(new PoolLevel(AllowanceMeasure.Seconds, 6000, 6000));
        await books.BillAsync(Books.March);

        (await books.CallsAsync()).ShouldBe([(0m, "covered"), (0.18m, "billed")]);
        var usage = (await books.DocumentAsync("A")).Usage!;
        usage.Services.Single().Items.Select(item => (item.Charge, item.InAllowance)).ShouldBe([(0m, "1:38:00 in allowance"), (0.18m, "2:00 in allowance")]);
        (usage.CoveredCalls, usage.FreeCalls).ShouldBe((1, 0));
        var statement = usage.Allowances!.ShouldHaveSingleItem();
        (statement.Name, statement.Size, statement.Used, statement.Left, statement.Share, statement.Saved).ShouldBe(("100 minutes", "100 min", "100 min", "0 min", 1m, 6.00m));
        await using (var db = await books.BeginAsync()) (await UsageBalance.LoadAsync(db, null)).Single().ShouldSatisfyAllConditions(f => f.InAllowance.ShouldBe(1), f => f.IsBalanced.ShouldBeTrue());
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "Vector 22 (R12): pricing again, with and without changes in between, leaves the pool as one pricing does")]
    public async Task Pricing_again_does_not_drain_twice()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(100));
        (await books.ImportAsync("a.csv", [.. Enumerable.Range(1, 30).Select(n => books.Call(Shop.First, $"2026-03-{n:00} 10:00:00", 337))])).ValueOrThrow();
        var once = await books.DrawsAsync();
        for (var i = 0; i < 3; i++)
        {
            await using var db = await books.BeginAsync();
            var outcome = await Rerating.RunAsync(db, books.Tenant, onlyErrors: false);
            (outcome.Calls, outcome.Changed, outcome.Difference).ShouldBe((30, 0, 0m));
            await AllowanceDraws.RedrawAllAsync(db, books.Tenant);
            await db.CommitAsync();
        }
        (await books.DrawsAsync()).ShouldBe(once);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "R9, R12: files in any order end in the same draws, whatever was redrawn in between")]
    public async Task The_order_of_files_does_not_matter()
    {
        var random = new Random(20260331);
        string? expected = null;
        for (var order = 0; order < 3; order++)
        {
            await using var books = await Shop.OpenAsync();
            var account = await books.CustomerAsync("A", Shop.First, Shop.Second);
            await books.GiveAsync(account, Shop.Minutes(60));
            await books.GiveAsync(account, Shop.Minutes(20, AllowancePool.Service, CrossingPolicy.FitsOnly));
            await books.CapAsync(account, 3m);
            var files = Enumerable.Range(0, 5).Select(file => (Name: $"{file}.csv", Lines: Enumerable.Range(0, 12).Select(n =>
                books.Call(n % 2 == 0 ? Shop.First : Shop.Second, $"2026-03-{1 + (file * 7 + n * 5) % 28:00} {n:00}:30:00", 61 + 97 * n, n % 5 == 4 ? "33140000000" : "442079460000")).ToArray())).ToArray();
            if (order > 0) random.Shuffle(files);
            foreach (var (name, lines) in files) (await books.ImportAsync(name, lines)).ValueOrThrow();
            var draws = await books.DrawsAsync();
            (expected ??= draws).ShouldBe(draws);
            await books.ShouldAddUpAsync();
        }
    }

    [Fact(DisplayName = "R9: a call that comes late and started early draws first, and those after it pay")]
    public async Task An_early_call_that_comes_late_draws_first()
    {
        await using var books = await Shop.OpenAsync();
        await books.GiveAsync(await books.CustomerAsync("A", Shop.First), Shop.Minutes(10));
        (await books.ImportAsync("late.csv", books.Call(Shop.First, "2026-03-20 10:00:00", 600))).ValueOrThrow();
        (await books.CallsAsync()).ShouldBe([(0m, "open")]);
        (await books.ImportAsync("early.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 540))).ValueOrThrow();
        (await books.CallsAsync()).ShouldBe([(0.54m, "open"), (0m, "open")]);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "C8: a late call draws from its own period, if there is room beside what is billed")]
    public async Task A_late_call_draws_from_its_own_period()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(10));
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-20 10:00:00", 480), books.Call(Shop.First, "2026-03-21 10:00:00", 60, "33140000000"))).ValueOrThrow();
        await books.BillAsync(Books.March);

        // Started before the one that is billed, and finds two minutes left; April's ten are for April.
        (await books.ImportAsync("b.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 300), books.Call(Shop.First, "2026-04-02 10:00:00", 600))).ValueOrThrow();
        (await books.CallsAsync()).ShouldBe([(0m, "covered"), (0.45m, "billed"), (0.18m, "open"), (0m, "open")]);
        await books.BillAsync(Shop.April);

        var usage = (await books.DocumentAsync("A")).Usage!;
        (usage.Billed, usage.LateCalls, usage.CoveredCalls).ShouldBe((0.18m, 1, 1));
        usage.Allowances!.Single().Used.ShouldBe("10 min");
        (await books.PoolsAsync(account, new(2026, 3, 31))).Pools.Single().Levels.Single().Left.ShouldBe(0);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "C4: calls that a monthly file replaces give back what they drew")]
    public async Task Replaced_calls_give_back_what_they_drew()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(10));
        var kept = books.Call(Shop.First, "2026-03-20 10:00:00", 480);
        (await books.ImportAsync("daily.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 540), kept)).ValueOrThrow();
        (await books.CallsAsync()).ShouldBe([(0m, "open"), (0.42m, "open")]);
        await using (var db = await books.BeginAsync())
        {
            // As an import of the month's file leaves them.
            await db.ExecuteAsync($"update usage.call set state = 'excluded', excluded_by = 'system', excluded_why = 'Not in the carrier''s monthly file' where line = 2");
            await AllowanceDraws.RedrawAllAsync(db, books.Tenant);
            await db.CommitAsync();
        }
        (await books.CallsAsync()).ShouldBe([(0.54m, "excluded"), (0m, "open")]);
        (await books.PoolsAsync(account, new(2026, 3, 5))).Pools.Single().Levels.Single().Used.ShouldBe(480);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "ERR-3: errors that are mended draw, and the preview says what that is worth")]
    public async Task Mended_errors_draw()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(10));
        (await books.ImportAsync("a.csv", books.Call(Shop.Second, "2026-03-02 10:00:00", 540), books.Call(Shop.First, "2026-03-03 10:00:00", 300))).ValueOrThrow();
        await using (var db = await books.BeginAsync())
        {
            await ServiceList.AssignNumbersAsync(db, (await ServiceList.FindAsync(db, "A", "Line 1"))!.Value, Books.Number(Shop.Second), Books.Number(Shop.Second), new DateInterval(new(2026, 1, 1), null));
            await db.CommitAsync();
        }
        var (repair, cause) = (new ErrorRepair(books.Database, books.Clock), new ErrorCause("usage.unassigned", "+441632960002"));
        // Nine minutes are covered, and take four of the other call's five: 24p more are billed.
        (await repair.PreviewAsync(books.Tenant, Ann, cause)).ShouldSatisfyAllConditions(o => o.Cleared.ShouldBe(1), o => o.Worth.ShouldBe(0.24m));
        (await repair.RerateAsync(books.Tenant, Ann, cause)).Worth.ShouldBe(0.24m);
        (await books.CallsAsync()).ShouldBe([(0m, "open"), (0.24m, "open")]);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "N4 (R11): a call to an 03 number draws from minutes that cover landlines")]
    public async Task An_03_number_draws_like_a_landline()
    {
        await using var books = await Shop.OpenAsync();
        await books.GiveAsync(await books.CustomerAsync("A", Shop.First), Shop.Minutes(10));
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 60, "443001230000"), books.Call(Shop.First, "2026-03-02 11:00:00", 60, "33140000000"),
            books.Call(Shop.First, "2026-03-02 12:00:00", 60, "448081570000"))).ValueOrThrow();
        (await books.CallsAsync()).ShouldBe([(0m, "open"), (0.45m, "open"), (0m, "open")]);
        (await books.PoolsAsync(await AccountAsync(books), new(2026, 3, 5))).Pools.Single().Levels.Single().Used.ShouldBe(60);
    }

    [Theory(DisplayName = "R11: the tariff's connection charge on a covered call is covered or charged")]
    [InlineData(true, 2, 0.05)]
    [InlineData(true, 1, 0.45)]
    [InlineData(false, 1, 0.40)]
    public async Task A_connection_charge_is_covered_or_charged(bool chargesSetup, int minutes, decimal charge)
    {
        await using var books = await Shop.OpenAsync();
        await books.GiveAsync(await books.CustomerAsync("A", Shop.First), Shop.Minutes(minutes) with { Covers = Coverage.All, ChargesSetup = chargesSetup });
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 120, "33140000000"))).ValueOrThrow();
        (await books.CallsAsync()).ShouldBe([(charge, "open")]);
    }

    [Fact(DisplayName = "Vector 23 (R18): a cap of 5 pounds, and a call of 40 pounds that comes after the bill: 5 pounds are billed in all")]
    public async Task No_more_than_the_cap_is_billed()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        var cap = await books.CapAsync(account, 5m);
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-20 10:00:00", 477, "33140000000"))).ValueOrThrow();
        await books.BillAsync(Books.March);
        (await books.ImportAsync("roaming.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 6000, "33140000000"), books.Call(Shop.First, "2026-03-02 18:00:00", 60, "33140000000"))).ValueOrThrow();
        await books.BillAsync(Shop.April);

        (await books.InvoicesAsync()).Sum(invoice => invoice.Net).ShouldBe(5m);
        (await books.CallsAsync()).Select(c => c.State).ShouldBe(["billed", "billed", "excluded"]);
        var statement = (await books.DocumentAsync("A")).Usage!;
        statement.Services.Single().Items.Select(item => item.OverCap).ShouldBe([38.28m, 0.45m]);
        await books.ShouldAddUpAsync();

        // Consent for April lifts it there and nowhere else.
        await using (var db = await books.BeginAsync())
        {
            (await SpendCapBook.ConsentAsync(db, account, cap, new SpendCapConsent(new DateInterval(new(2026, 4, 1), new(2026, 5, 1)), "A. Customer", "letter", books.Clock.GetUtcNow()))).ShouldBeNull();
            await db.CommitAsync();
        }
        (await books.ImportAsync("april.csv", books.Call(Shop.First, "2026-04-10 10:00:00", 6000, "33140000000"))).ValueOrThrow();
        (await books.CallsAsync())[^1].ShouldBe((40.05m, "open"));
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "C6: an import that breaks off leaves neither calls nor draws")]
    public async Task An_import_that_breaks_off_leaves_no_draws()
    {
        await using var books = await Shop.OpenAsync();
        await books.GiveAsync(await books.CustomerAsync("A", Shop.First), Shop.Minutes(10));
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-20 10:00:00", 300))).ValueOrThrow();
        var before = await books.DrawsAsync();
        await using (var db = await books.BeginAsync())
        {
            await Rerating.RunAsync(db, books.Tenant, onlyErrors: false);
            // Not committed: the process died.
        }
        (await books.DrawsAsync()).ShouldBe(before);
    }

    [Fact(DisplayName = "Rule 6: an account without allowances has no draws, and an import asks one question for all of them")]
    public async Task Accounts_without_allowances_have_no_draws()
    {
        await using var books = await Shop.OpenAsync();
        await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(await books.CustomerAsync("B", Shop.Second), Shop.Minutes(10));
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-20 10:00:00", 300), books.Call(Shop.Second, "2026-03-20 10:00:00", 300))).ValueOrThrow();
        await using var db = await books.BeginAsync();
        (await db.ScalarAsync<long>($"select count(*) from usage.draw")).ShouldBe(1);
    }

    [Fact(DisplayName = "3.3: the steps kept of a call give its charge again, before it is billed and after")]
    public async Task The_steps_of_a_call_give_its_charge()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(100));
        await books.CapAsync(account, 0.10m);
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 98 * 60), books.Call(Shop.First, "2026-03-03 10:00:00", 300))).ValueOrThrow();
        var before = await StepsAsync();
        await books.BillAsync(Books.March);
        var after = await StepsAsync();

        before.Select(step => step.Text).ShouldBe(after.Select(step => step.Text));
        after.Select(step => step.Name).ShouldBe(["allowance", "spend-cap"]);
        after[0].Text.ShouldBe("'100 minutes' (2026-03-01 to 2026-03-31) covers 120 of 300 s; 5880 of it were used before. It takes 0.12 off 0.3: 0.18.");
        after.Aggregate(0.30m, (amount, step) => amount - (decimal)step.Values.Single(value => value.Key == "covered").Value).ShouldBe(0.10m);
        (await books.CallsAsync())[^1].ShouldBe((0.10m, "billed"));
        await books.ShouldAddUpAsync();

        async Task<IReadOnlyList<Rating.Engine.RatingStep>> StepsAsync()
        {
            await using var db = await books.BeginAsync();
            var trace = (await new CallTraces(db, books.Tenant).FindAsync(1, 3)).ShouldNotBeNull();
            trace.IsReproduced.ShouldBeTrue();
            return [.. trace.Steps.Where(step => step.Name is "allowance" or "spend-cap")];
        }
    }

    [Fact(DisplayName = "Vector 25 (R16) end to end: the credit of a billed call takes back what was charged and gives the minutes back")]
    public async Task A_credit_of_a_billed_call_gives_its_minutes_back()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(100));
        var crossing = books.Call(Shop.First, "2026-03-03 10:00:00", 300);
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 98 * 60), crossing)).ValueOrThrow();
        await books.BillAsync(Books.March);

        var fields = crossing.Split(',');
        (fields[5], fields[6]) = ("-0.01", "CREDIT1");
        (await books.ImportAsync("credit.csv", string.Join(',', fields))).ValueOrThrow();

        (await books.CallsAsync())[^1].ShouldBe((-0.18m, "open"));
        (await books.PoolsAsync(account, new(2026, 3, 5))).Pools.Single().Levels.Single().Used.ShouldBe(98 * 60);
        // Another credit of the same call finds nothing more to take back of it.
        fields[6] = "CREDIT2";
        (await books.ImportAsync("again.csv", string.Join(',', fields))).ValueOrThrow();
        (await books.CallsAsync()).TakeLast(2).ShouldBe([(-0.18m, "open"), (0m, "open")], ignoreOrder: true);
        await books.ShouldAddUpAsync();
    }

    private static async Task<Customers.Accounts.AccountId> AccountAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return (await Customers.Accounts.AccountList.LoadAsync(db)).Single().Id;
    }
}
