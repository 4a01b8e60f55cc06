using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Import;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;
using static Billing.Invoicing.Tests.CarrierCharges.ChargeBooks;

namespace Billing.Invoicing.Tests.CarrierCharges;

/// <summary>REC-9: files of carriers' recurring charges, on a real PostgreSQL as the restricted role.</summary>
[Trait("needs", "postgres")]
public sealed class ChargeImportTests : IAsyncLifetime
{
    private ChargeBooks books = null!;

    public async Task InitializeAsync()
    {
        books = await ChargeBooks.OpenAsync();
        await books.Books.AccountAsync("A1", First);
        await books.Books.AccountAsync("A2", Second, new DateInterval(new(2020, 1, 1), new(2026, 3, 21)));
    }

    public async Task DisposeAsync() => await books.DisposeAsync();

    [Fact]
    public async Task REC9_Every_line_ends_in_one_state_with_its_place_and_the_file_adds_up()
    {
        var file = (await books.ImportAsync("rentals.csv",
            March("01632960001", "WLR", 10.50m), Line("+441632960002", "WLR", "21/03/2026", "31/03/2026", -3.725806m), March("01632960009", "WLR", 10.50m), March("", "PLATFORM", 45m), "01632960001,WLR,broken,31/03/2026,01/03/2026,1,1.00,GBP", "TOTAL,5,,,,,62.274194,GBP")).ValueOrThrow();
        (file.Kind, file.Lines, file.Skipped).ShouldBe((CdrFileKind.Recurring, 7, 2));
        file.Calls.ShouldBe(new Dictionary<string, long> { ["allocated"] = 2, ["error"] = 3 }, ignoreOrder: true);

        (await books.LinesAsync()).Select(l => (l.Line, l.State, l.AccountNumber, l.Amount, l.ErrorCode)).ShouldBe([
            (2, "allocated", "A1", 10.50m, null), (3, "allocated", "A2", -3.725806m, null), (4, "unallocated", null, 10.50m, "charges.unassigned"),
            (5, "unallocated", null, 45m, "charges.no-service"), (6, "bad", null, null, "cdr.bad-time")]);
        var bad = (await books.LinesAsync())[^1];
        (bad.FileName, bad.Raw, bad.ErrorMessage).ShouldBe(("rentals.csv", "01632960001,WLR,broken,31/03/2026,01/03/2026,1,1.00,GBP", "Field 5 (To): '01/03/2026' is not a day on or after the first one."));

        await using var db = await books.BeginAsync();
        (await UsageBalance.FindAsync(db, file.FileId))!.IsBalanced.ShouldBeTrue();
        (await UsageTally.DisagreementsAsync(db)).ShouldBeEmpty();
        var stored = (await ChargeFile.FindAsync(db, file.FileId))!;
        stored.Sums.AmountIn("GBP").ShouldBe(62.274194m);
        (stored.From, stored.To).ShouldBe((new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)));
        await books.Books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_file_whose_total_does_not_agree_is_refused_and_leaves_nothing()
    {
        (await books.ImportAsync("rentals.csv", March("01632960001", "WLR", 10.50m), "TOTAL,1,,,,,10.49,GBP")).TryGet(out _, out var cost).ShouldBeFalse();
        cost!.Code.ShouldBe("cdr.totals-disagree");
        (await books.ImportAsync("rentals.csv", March("01632960001", "WLR", 10.50m), "TOTAL,2,,,,,10.50,GBP")).TryGet(out _, out var count).ShouldBeFalse();
        count!.Code.ShouldBe("cdr.totals-disagree");
        (await books.LinesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_person_says_a_file_is_must_be_what_it_can_be()
    {
        (await books.ImportAsync("rentals.csv", new FileStatement(CdrFileKind.Daily, null), March("01632960001", "WLR", 1m))).TryGet(out _, out var charges).ShouldBeFalse();
        charges!.Code.ShouldBe("usage.other-kind");
        (await books.Books.ImportAsync("calls.csv", FileStatement.Of("recurring", null, null).ValueOrThrow(), books.Books.Call(First, "2026-03-02 10:00:00", 60))).TryGet(out _, out var calls).ShouldBeFalse();
        calls!.Code.ShouldBe("usage.other-kind");
        (await books.ImportAsync("rentals.csv", FileStatement.Of("recurring", null, null).ValueOrThrow(), March("01632960001", "WLR", 1m))).ValueOrThrow().Kind.ShouldBe(CdrFileKind.Recurring);
    }

    [Fact]
    public async Task The_same_bytes_are_refused_and_the_same_lines_in_another_file_count_once()
    {
        var (rental, extra) = (March("01632960001", "WLR", 10.50m), March("01632960001", "CARE", 2m));
        var first = (await books.ImportAsync("one.csv", rental, rental)).ValueOrThrow();
        first.Calls.ShouldBe(new Dictionary<string, long> { ["allocated"] = 2 }, "two equal lines of a file are two charges");
        (await books.ImportAsync("again.csv", rental, rental)).TryGet(out _, out var known).ShouldBeFalse();
        known!.Code.ShouldBe("usage.file-known");
        var second = (await books.ImportAsync("two.csv", rental, extra)).ValueOrThrow();
        second.Calls.ShouldBe(new Dictionary<string, long> { ["duplicate"] = 1, ["allocated"] = 1 }, ignoreOrder: true);
        (await books.LinesAsync()).Single(l => l.State == "duplicate").DuplicateOfFile.ShouldBe(first.FileId);

        var gone = await books.DoAsync(db => FileRollback.RunAsync(db, books.Books.Tenant, first.FileId, "Wrong month", new InvoiceNames(), books.Books.Clock.GetUtcNow()));
        gone.ValueOrThrow().LinesRestored.ShouldBe(1);
        (await books.LinesAsync()).Select(l => (l.FileId, l.Line, l.State)).ShouldBe([(second.FileId, 2, "allocated"), (second.FileId, 3, "allocated")]);
        (await books.ImportAsync("one.csv", rental, rental)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["allocated"] = 1, ["duplicate"] = 1 }, ignoreOrder: true);
        await books.Books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task The_owner_is_who_has_it_in_the_period_and_nobody_guesses_where_it_changed_hands()
    {
        var (_, a1) = await books.OwnerAsync("A1");
        await books.DoAsync(async db =>
        {
            await ServiceList.AssignNumbersAsync(db, a1, Books.Number(Second), Books.Number(Second), new DateInterval(new(2026, 3, 21), null));
            await ServiceList.AssignCircuitAsync(db, a1, "FTTC-1", new DateInterval(new(2026, 3, 10), new(2026, 4, 1)));
            return true;
        });
        (await books.ImportAsync("rentals.csv", March("01632960002", "WLR", 1m), Line("01632960002", "WLR", "01/03/2026", "20/03/2026", 2m), Line("01632960002", "WLR", "21/03/2026", "31/03/2026", 3m), March("FTTC-1", "FTTC", 4m),
            Line("FTTC-1", "FTTC", "01/04/2026", "30/04/2026", 5m), Line("FTTC-1", "FTTC", "01/04/2026", "30/04/2026", -5m))).ValueOrThrow();
        (await books.LinesAsync()).Select(l => (l.Amount, l.State, l.AccountNumber, l.ErrorCode)).ShouldBe([
            (1m, "unallocated", null, "charges.owner-changed"), (2m, "allocated", "A2", null), (3m, "allocated", "A1", null), (4m, "allocated", "A1", null),
            (5m, "unallocated", null, "charges.not-owned"), (-5m, "allocated", "A1", null)]);
    }

    [Fact]
    public async Task Any_order_of_files_comes_to_the_same()
    {
        var rental = March("01632960001", "WLR", 10.50m);
        string[][] files = [[rental, March("01632960009", "WLR", 3m)], [rental, March("01632960001", "CARE", 2m)], [rental, rental, Line("01632960002", "WLR", "21/03/2026", "31/03/2026", -1m)]];
        (string, decimal, long)[]? expected = null;
        foreach (var order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 0, 2]])
        {
            var ids = new List<long>();
            foreach (var i in order) ids.Add((await books.ImportAsync($"{i}.csv", files[i])).ValueOrThrow().FileId);
            (string State, decimal Amount, long Lines)[] sums;
            await using (var db = await books.BeginAsync())
                sums = [.. (await CarrierChargeList.SumAsync(db, new ChargeFilter())).Parts.Select(p => (p.State, p.Amount, p.Lines))];
            (expected ??= sums).ShouldBe(sums);
            // Not after the last order: each round begins without files.
            foreach (var id in ids) (await books.DoAsync(db => FileRollback.RunAsync(db, books.Books.Tenant, id, "Another order", new InvoiceNames(), books.Books.Clock.GetUtcNow()))).ValueOrThrow();
            (await books.LinesAsync()).ShouldBeEmpty();
        }
        expected!.Sum(e => e.Item3).ShouldBe(7);
    }
}
