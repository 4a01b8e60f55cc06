using Billing.Invoicing.Invoices;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Usage.Register;

namespace Billing.Invoicing.Tests.Allowances;

/// <summary>C6, R12: what the calls of a file drew comes back to the pool when the file is taken out.</summary>
[Trait("needs", "postgres")]
public sealed class RollbackDrawTests
{
    [Fact(DisplayName = "C6, R12: a file that was taken out has drawn nothing, and in again it draws as if it came last")]
    public async Task Draws_go_and_come_with_their_file()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(10));
        var (early, late) = (books.Call(Shop.First, "2026-03-02 10:00:00", 480), books.Call(Shop.First, "2026-03-03 10:00:00", 300));
        var file = (await books.ImportAsync("early.csv", early)).ValueOrThrow();
        (await books.ImportAsync("late.csv", late)).ValueOrThrow();
        var both = (await books.CallsAsync()).Order().ToList();
        both.ShouldBe([(0m, "open"), (0.18m, "open")]);

        await RollBackAsync(books, file.FileId);
        (await books.CallsAsync()).ShouldBe([(0m, "open")], "the ten minutes are there for the later call");
        await books.ShouldAddUpAsync();

        (await books.ImportAsync("early.csv", early)).ValueOrThrow();
        (await books.CallsAsync()).Order().ShouldBe(both);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "C6, R12: a duplicate that counts again draws in the place of the call that went")]
    public async Task Duplicates_draw_when_they_count_again()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("A", Shop.First);
        await books.GiveAsync(account, Shop.Minutes(10));
        var (same, later) = (books.Call(Shop.First, "2026-03-02 10:00:00", 480), books.Call(Shop.First, "2026-03-03 10:00:00", 300));
        var file = (await books.ImportAsync("a.csv", same)).ValueOrThrow();
        (await books.ImportAsync("b.csv", same, later)).ValueOrThrow();
        await RollBackAsync(books, file.FileId);
        (await books.CallsAsync()).Order().ShouldBe([(0m, "open"), (0.18m, "open")]);
        await books.ShouldAddUpAsync();
    }

    private static async Task RollBackAsync(Books books, long file)
    {
        await using var db = await books.BeginAsync();
        (await FileRollback.RunAsync(db, books.Tenant, file, "Twice", new InvoiceNames(), books.Clock.GetUtcNow())).ValueOrThrow();
        await db.CommitAsync();
    }
}
