using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;

namespace Billing.Invoicing.Tests;

/// <summary>Reconciliation files are compared, not billed; what a person says of a file counts before what the file says (C4, 2.5).</summary>
[Trait("needs", "postgres")]
public class ReconciliationTests : IAsyncLifetime
{
    private protected virtual Parts OwnParts => Parts.None;

    private const ulong First = 441632960001;
    private const ulong Second = 441632960002;

    private static readonly FileStatement Comparing = new(CdrFileKind.Reconciliation, null);

    private Books books = null!;

    public async Task InitializeAsync()
    {
        books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
    }

    public async Task DisposeAsync() => await books.DisposeAsync();

    [Fact]
    public async Task Its_lines_balance_are_billed_by_nobody_and_stand_in_nobodys_way()
    {
        var (known, unknown) = (books.Call(First, "2026-03-02 10:00:00", 60), books.Call(Second, "2026-03-02 11:00:00", 60));
        var file = (await books.ImportAsync("compare.csv", Comparing, known, unknown, known, "no,record")).ValueOrThrow();
        (file.Kind, file.Lines, file.Skipped).ShouldBe((CdrFileKind.Reconciliation, 5, 1));
        file.Calls.ShouldBe(new Dictionary<string, long> { ["excluded"] = 4 });
        (await books.ImportAsync("daily.csv", known)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["open"] = 1 });

        await using var db = await books.BeginAsync();
        (await ErrorDesk.LoadAsync(db)).ShouldBeEmpty();
        (await ErrorDesk.ExclusionsAsync(db)).ShouldBeEmpty("no person decided it");
        (await UsageBalance.LoadAsync(db, null)).ShouldAllBe(f => f.IsBalanced);
        await books.ShouldAddUpAsync();
        (await FileRollback.RunAsync(db, books.Tenant, file.FileId, "Done", new InvoiceNames(), books.Clock.GetUtcNow())).ValueOrThrow().LinesRestored.ShouldBe(0);
    }

    [Fact]
    public async Task C2_Calls_of_two_parties_are_the_same_within_two_seconds_and_differences_are_by_number_and_day()
    {
        string Line(ulong from, string start, int seconds, string reference, string cost = "0.01")
        {
            var end = DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(seconds);
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{from},442079460000,{end:dd/MM/yyyy},{end:HH:mm:ss},{seconds},{cost},{reference},GBP");
        }

        (await books.ImportAsync("daily.csv", Line(First, "2026-03-02 10:00:00", 60, "R1"), Line(First, "2026-03-02 11:00:00", 60, "R2"), Line(First, "2026-03-03 12:00:00", 61, "R3"),
            Line(First, "2026-03-03 13:00:00", 30, "R4"), Line(Second, "2026-03-04 09:00:00", 5, "R5"), Line(First, "2026-03-20 09:00:00", 5, "R6"))).ValueOrThrow();
        var file = (await books.ImportAsync("compare.csv", Comparing, Line(First, "2026-03-02 10:00:00", 60, "R1"), Line(First, "2026-03-02 11:00:00", 60, "R2", "0.05"),
            Line(First, "2026-03-03 12:00:01", 60, "OTHER-ID"), Line(First, "2026-03-04 09:00:00", 10, "R9"))).ValueOrThrow();

        await using var db = await books.BeginAsync();
        var found = (await Reconciliation.OfAsync(db, books.Tenant, file.FileId)).ValueOrThrow();
        (found.Ours, found.Theirs, found.Same, found.IsCut).ShouldBe((5, 4, 2, false), "the 20th is outside the days of the file");
        found.Period.ShouldBe(new DateInterval(new(2026, 3, 2), new(2026, 3, 5)));
        found.Differences.ShouldBe([
            new ComparedCalls("+441632960001", new(2026, 3, 2), 0, 0, 1, 0, 0.04m), new ComparedCalls("+441632960001", new(2026, 3, 3), 1, 0, 0, -30, -0.01m),
            new ComparedCalls("+441632960001", new(2026, 3, 4), 0, 1, 0, 10, 0.01m), new ComparedCalls("+441632960002", new(2026, 3, 4), 1, 0, 0, -5, -0.01m)]);
        (await Reconciliation.OfAsync(db, books.Tenant, 1)).TryGet(out _, out var billed).ShouldBeFalse();
        billed!.Code.ShouldBe("reconciliation.other-kind");
    }

    [Fact]
    public async Task C4_A_file_that_is_said_to_be_monthly_must_say_its_month()
    {
        (await books.ImportAsync("march.csv", new FileStatement(CdrFileKind.Monthly, null), books.Call(First, "2026-03-02 10:00:00", 60))).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe("usage.no-period");
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("monthly", "2026-03-17", null, null)]
    [InlineData("weekly", null, null, "upload.bad-kind")]
    [InlineData("1", null, null, "upload.bad-kind")]
    [InlineData("daily", null, "2026-03-17", "upload.bad-period")]
    [InlineData("daily", "2026-03-18", "2026-03-17", "upload.bad-period")]
    public void What_is_said_of_a_file_is_checked(string? kind, string? from, string? to, string? code)
    {
        DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        FileStatement.Of(kind, Day(from), Day(to)).TryGet(out var stated, out var failure).ShouldBe(code is null);
        failure?.Code.ShouldBe(code);
        if (from is not null && code is null) stated!.Period.ShouldBe(new DateInterval(new(2026, 3, 1), new(2026, 4, 1)));
    }
}
