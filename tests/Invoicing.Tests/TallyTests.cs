using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Invoicing.Verification;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Tests;

/// <summary>What is kept instead of counted is what counting gives, whatever happened to the calls, and whoever did it at the same time.</summary>
[Trait("needs", "postgres")]
public class TallyTests
{
    private protected virtual Parts OwnParts => Parts.None;

    private const ulong First = 441632960001;
    private const ulong Second = 441632960002;

    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    [Fact]
    public async Task It_follows_a_month_from_the_first_file_to_the_posted_invoices()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-02 11:00:00", 0), books.Call(First, "2026-03-03 10:00:00", 30, "448081570142"),
            books.Call(Second, "2026-03-04 10:00:00", 120), books.Call(Second, "2026-03-31 23:59:59", 10, "99912345678"), "not a call at all")).ValueOrThrow();
        (await books.ImportAsync("b.csv", books.Call(First, "2026-04-01 00:00:00", 90))).ValueOrThrow();
        await AgreesAsync(books, "imported");

        await using (var db = await books.BeginAsync())
        {
            await ServiceList.AssignNumbersAsync(db, (await ServiceList.FindAsync(db, "A1", "Line"))!.Value, Books.Number(Second), Books.Number(Second), new DateInterval(new(2020, 1, 1), null));
            await db.CommitAsync();
        }
        await new ErrorRepair(books.Database, books.Clock).RerateAsync(books.Tenant, Ann, new ErrorCause("usage.unassigned", "+441632960002"));
        await AgreesAsync(books, "priced again");

        await using (var db = await books.BeginAsync())
        {
            foreach (var group in await ErrorDesk.LoadAsync(db)) await ErrorDesk.ExcludeAsync(db, group.Code, group.Subject, "Ann", "Not ours", books.Clock.GetUtcNow());
            await db.CommitAsync();
        }
        await AgreesAsync(books, "excluded");
        await using (var db = await books.BeginAsync())
        {
            foreach (var exclusion in await ErrorDesk.ExclusionsAsync(db)) await ErrorDesk.UndoAsync(db, exclusion);
            await db.CommitAsync();
        }
        await AgreesAsync(books, "taken back");

        await books.BillAsync(Books.March);

        await AgreesAsync(books, "billed");
        await using var reading = await books.BeginAsync();
        var files = await UsageBalance.LoadAsync(reading, new DateOnly(2026, 3, 31));
        files.Select(f => (f.Name, f.Billed, f.ZeroRated, f.Error, f.Held, f.Open, f.Skipped)).ShouldBe([("a.csv", 2, 2, 2, 0, 0, 1), ("b.csv", 0, 0, 0, 1, 0, 1)]);
        files.ShouldAllBe(f => f.IsBalanced);
        // UX: a day without calls is a row of zeros; the last day has the newest call that counts.
        var days = await UsageDay.LoadAsync(reading, 31);
        (days[0].Day, days[^1].Day, days.Count).ShouldBe((new DateOnly(2026, 3, 2), new DateOnly(2026, 4, 1), 31));
        (days[0].Calls, days[0].Charge, days[2].Charge, days[29].Errors, days[^1].Charge).ShouldBe((2, 0.010m, 0.020m, 1, 0.015m));
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task Many_who_post_and_fold_at_once_lose_nothing_and_do_not_wait_for_each_other()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        var accounts = new List<ulong>();
        for (var i = 0UL; i < 8; i++)
        {
            await books.AccountAsync($"A{i}", First + i);
            accounts.Add(First + i);
        }
        for (var day = 1; day <= 3; day++)
            (await books.ImportAsync($"{day}.csv", [.. accounts.SelectMany(a => Enumerable.Range(0, 10).Select(i => books.Call(a, $"2026-03-0{day} 1{i}:00:00", 60 + i)))])).ValueOrThrow();

        // Each claims its account's calls, three files at once, and keeps its transaction open until all have done so.
        var open = new List<TenantDb>();
        await using (var reading = await books.BeginAsync())
            foreach (var account in await Customers.Accounts.AccountList.LoadAsync(reading))
            {
                var db = await books.BeginAsync();
                open.Add(db);
                (await UnbilledUsage.ClaimAsync(db, new Dictionary<AccountId, long> { [account.Id] = account.Id.Value }, books.Tenant.StartOf(new(2026, 4, 1))).WaitAsync(TimeSpan.FromMinutes(1)))[account.Id].ShouldBe(30);
            }
        await Task.WhenAll(open.Select(async (db, i) =>
        {
            await db.CommitAsync();
            await using var folding = await books.BeginAsync();
            await UsageTally.FoldAsync(folding);
            if (i % 2 == 0) await folding.CommitAsync();
        }));

        await AgreesAsync(books, "claimed");
        await using var after = await books.BeginAsync();
        (await UsageBalance.LoadAsync(after, null)).Select(f => (f.Lines, f.Billed, f.Open)).ShouldBe([(81, 80, 0), (81, 80, 0), (81, 80, 0)]);
        await UsageTally.FoldAsync(after);
        (await after.ScalarAsync<long>($"select count(*) from usage.tally")).ShouldBe(3, "a row for each file, day and state that has calls");
        foreach (var db in open) await db.DisposeAsync();
    }

    [Fact]
    public async Task What_was_rolled_back_was_never_noted()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        var account = await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        await using (var db = await books.BeginAsync()) (await UnbilledUsage.ClaimAsync(db, new Dictionary<AccountId, long> { [account] = 1 }, books.Tenant.StartOf(new(2026, 4, 1))))[account].ShouldBe(1);

        await AgreesAsync(books, "given up");
        await using var reading = await books.BeginAsync();
        (await UsageBalance.LoadAsync(reading, null)).ShouldHaveSingleItem().Open.ShouldBe(1);
    }

    [Fact]
    public async Task Another_clock_puts_calls_on_other_days()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 22:30:00", 60))).ValueOrThrow();
        await using var db = await books.BeginAsync();
        (await UsageDay.LoadAsync(db, 31)).ShouldHaveSingleItem().Day.ShouldBe(new DateOnly(2026, 3, 2));

        await db.ExecuteAsync($"update tenancy.tenant set time_zone = 'Europe/Athens'");

        (await UsageDay.LoadAsync(db, 31)).ShouldHaveSingleItem().Day.ShouldBe(new DateOnly(2026, 3, 3));
        (await UsageTally.DisagreementsAsync(db)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tally_that_somebody_meddled_with_is_found()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        await using var db = await books.BeginAsync();
        await db.ExecuteAsync($"insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge) select tenant_id, file_id, day, 'excluded', calls, lines, seconds, cost, charge from usage.tally");

        (await BooksCheck.RunAsync(db)).Select(f => f.Code).ShouldBe(["verify.lines", "verify.tally"]);
    }

    private static async Task AgreesAsync(Books books, string when)
    {
        await using var db = await books.BeginAsync();
        (await UsageTally.DisagreementsAsync(db)).ShouldBeEmpty(when);
        (await UsageBalance.LoadAsync(db, null)).ShouldAllBe(file => file.IsBalanced, when);
    }
}
