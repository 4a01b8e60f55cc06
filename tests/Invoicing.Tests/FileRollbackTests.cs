using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Tenancy.Audit;
using Billing.Usage.Import;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;

namespace Billing.Invoicing.Tests;

/// <summary>C6: an import is reversible while unbilled. A file that was taken out leaves everything as if it had never come.</summary>
[Trait("needs", "postgres")]
public class FileRollbackTests : IAsyncLifetime
{
    private protected virtual Parts OwnParts => Parts.None;

    private protected virtual int Rounds => 12;

    private const ulong First = 441632960001;
    private const ulong Nobody = 441632960999;
    private const string Invite = "INVITE|a|b|call-1@sip|200|OK|1772445600|*postpaid|441632960001|442079460000||1:1\n";
    private const string Bye = "BYE|a|b|call-1@sip|200|OK|1772445661|||||1:1\n";

    private static readonly FileStatement WholeMarch = new(CdrFileKind.Monthly, new DateInterval(new(2026, 3, 1), new(2026, 4, 1)));

    private Books books = null!;

    public async Task InitializeAsync()
    {
        books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
    }

    public async Task DisposeAsync() => await books.DisposeAsync();

    [Fact]
    public async Task C6_A_file_goes_with_its_lines_and_the_same_bytes_come_again()
    {
        var lines = new[] { books.Call(First, "2026-03-02 10:00:00", 60), books.Call(Nobody, "2026-03-02 11:00:00", 60), "no,record" };
        var file = (await books.ImportAsync("a.csv", lines)).ValueOrThrow();
        var before = await StateAsync();

        var gone = (await RollBackAsync(file.FileId)).ValueOrThrow();
        (gone.Name, gone.Lines, gone.LinesRestored, gone.Why, gone.By).ShouldBe(("a.csv", 4, 0, "Wrong month", "Billing"));
        (await StateAsync()).ShouldBeEmpty();
        await books.ShouldAddUpAsync();

        (await books.ImportAsync("a.csv", lines)).ValueOrThrow().FileId.ShouldNotBe(file.FileId);
        (await StateAsync()).ShouldBe(before);
        await books.ShouldAddUpAsync();
        await using var db = await books.BeginAsync();
        (await RolledBackFile.LoadAsync(db, 10)).ShouldHaveSingleItem().FileId.ShouldBe(file.FileId);
        (await db.QueryAsync($"select action, actor_name, after->>'why' from tenancy.audit where action = 'cdr-file.rolled-back'", row => (row.Text(0), row.Text(1), row.Text(2))))
            .ShouldBe([("cdr-file.rolled-back", "Billing", "Wrong month")]);
    }

    [Fact]
    public async Task C3_A_line_that_was_a_duplicate_counts_again_when_the_first_one_goes()
    {
        var (call, other) = (books.Call(First, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-03 10:00:00", 60));
        var a = (await books.ImportAsync("a.csv", call)).ValueOrThrow();
        (await books.ImportAsync("b.csv", call, other)).ValueOrThrow();
        (await books.ImportAsync("c.csv", other, call)).ValueOrThrow().Calls["duplicate"].ShouldBe(2);

        (await RollBackAsync(a.FileId)).ValueOrThrow().LinesRestored.ShouldBe(1);
        (await StateAsync()).ShouldBe(["b.csv 2 open 0.010", "b.csv 3 open 0.010", "c.csv 2 duplicate of b.csv 3", "c.csv 3 duplicate of b.csv 2"]);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task C4_What_a_monthly_file_replaced_and_left_out_comes_back_when_it_goes()
    {
        var (kept, left, unanswered) = (books.Call(First, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-03 10:00:00", 60), books.Call(First, "2026-03-04 10:00:00", 0));
        (await books.ImportAsync("daily.csv", kept, left, unanswered, books.Call(Nobody, "2026-03-05 10:00:00", 7))).ValueOrThrow();
        var before = await StateAsync();
        var month = (await ImportAsync("march.csv", WholeMarch, kept)).ValueOrThrow();
        (await StateAsync()).ShouldNotBe(before);

        (await RollBackAsync(month.FileId)).ValueOrThrow().LinesRestored.ShouldBe(4);
        (await StateAsync()).ShouldBe(before);
        await books.ShouldAddUpAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task C4_A_month_is_the_same_whether_its_daily_file_comes_before_or_after_it(bool isDailyFirst)
    {
        var (kept, left, next) = (books.Call(First, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-03 10:00:00", 60), books.Call(First, "2026-04-01 10:00:00", 60));
        if (isDailyFirst) (await books.ImportAsync("daily.csv", kept, left, next)).ValueOrThrow();
        (await ImportAsync("march.csv", WholeMarch, kept)).ValueOrThrow().Kind.ShouldBe(CdrFileKind.Monthly);
        if (!isDailyFirst) (await books.ImportAsync("daily.csv", kept, left, next)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["duplicate"] = 1, ["excluded"] = 1, ["open"] = 1 });
        (await StateAsync()).ShouldBe(["daily.csv 2 duplicate of march.csv 2", "daily.csv 3 excluded Not in the carrier's monthly file march.csv", "daily.csv 4 open 0.010", "march.csv 2 open 0.010"]);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task C5_Lines_that_waited_for_their_call_wait_again_when_the_file_that_completed_it_goes()
    {
        var first = (await books.ImportTextAsync("acc_1.log", Invite)).ValueOrThrow();
        var before = await StateAsync();
        var second = (await books.ImportTextAsync("acc_2.log", Bye)).ValueOrThrow();
        var joined = await StateAsync();

        (await RollBackAsync(first.FileId)).TryGet(out _, out var refused).ShouldBeFalse();
        refused!.Code.ShouldBe("rollback.joined");
        refused.Message.ShouldContain("acc_2.log");

        (await RollBackAsync(second.FileId)).ValueOrThrow();
        (await StateAsync()).ShouldBe(before);
        (await books.ImportTextAsync("acc_2.log", Bye)).ValueOrThrow();
        (await StateAsync()).ShouldBe(joined);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task C6_What_is_billed_stays_and_the_invoice_is_named()
    {
        var file = (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60), books.Call(Nobody, "2026-03-02 11:00:00", 60))).ValueOrThrow();
        await books.BillAsync(Books.March);
        (await RollBackAsync(file.FileId)).TryGet(out _, out var refused).ShouldBeFalse();
        refused!.Code.ShouldBe("rollback.billed");
        refused.Message.ShouldContain("INV-000001");
        await using var db = await books.BeginAsync();
        (await FileRollback.PlanAsync(db, file.FileId, new InvoiceNames())).Obstacle.ShouldNotBeNull();
        // And the database itself says no.
        (await db.TryAsync(() => db.ExecuteAsync($"delete from usage.call where file_id = {file.FileId}"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_rollback_needs_a_reason_and_a_file()
    {
        await using var db = await books.BeginAsync();
        (await FileRollback.RunAsync(db, books.Tenant, 1, " ", new InvoiceNames(), books.Clock.GetUtcNow())).TryGet(out _, out var unsaid).ShouldBeFalse();
        unsaid!.Code.ShouldBe("rollback.no-reason");
        (await FileRollback.RunAsync(db, books.Tenant, 99, "x", new InvoiceNames(), books.Clock.GetUtcNow())).TryGet(out _, out var missing).ShouldBeFalse();
        missing!.Code.ShouldBe("rollback.not-found");
    }

    // Files of calls drawn from one stock, some of them the carrier's month. Importing some, taking one out and importing it again is importing it last.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task C6_A_file_that_was_taken_out_and_came_again_is_a_file_that_came_last(int seed)
    {
        var random = new Random(seed);
        var stock = Enumerable.Range(0, 14).Select(i => books.Call(random.Next(5) == 0 ? Nobody : First, $"2026-{(i % 5 == 4 ? "04-02" : "03-0" + (1 + i % 9))} 10:{i:00}:00", random.Next(4) == 0 ? 0 : random.Next(1, 300))).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var files = Enumerable.Range(0, random.Next(2, 5)).Select(n => (
                Name: $"s{seed}r{round}f{n}.csv", Stated: random.Next(3) == 0 ? WholeMarch : FileStatement.None,
                Lines: stock.OrderBy(_ => random.Next()).Take(random.Next(1, 9)).Concat([$"bad line {seed} {round} {n}"]).ToArray())).ToList();
            // A line may come twice in one file.
            files = [.. files.Select(f => f with { Lines = random.Next(3) == 0 ? [.. f.Lines, f.Lines[0]] : f.Lines })];
            var out_ = random.Next(files.Count);

            var ids = new Dictionary<string, long>();
            foreach (var f in files) ids[f.Name] = (await ImportAsync(f.Name, f.Stated, f.Lines)).ValueOrThrow().FileId;
            (await RollBackAsync(ids[files[out_].Name])).ValueOrThrow();
            ids[files[out_].Name] = (await ImportAsync(files[out_].Name, files[out_].Stated, files[out_].Lines)).ValueOrThrow().FileId;
            var again = await StateAsync();
            await books.ShouldAddUpAsync();
            foreach (var id in ids.Values.OrderBy(_ => random.Next())) (await RollBackAsync(id)).ValueOrThrow();
            (await StateAsync()).ShouldBeEmpty();
            await books.ShouldAddUpAsync();

            var last = files[out_];
            files.RemoveAt(out_);
            files.Add(last);
            ids.Clear();
            foreach (var f in files) ids[f.Name] = (await ImportAsync(f.Name, f.Stated, f.Lines)).ValueOrThrow().FileId;
            (await StateAsync()).ShouldBe(again, $"round {round}: " + string.Join(", ", files.Select(f => $"{f.Name} {f.Stated.Kind}")));
            foreach (var id in ids.Values) (await RollBackAsync(id)).ValueOrThrow();
        }
    }

    private Task<Result<ImportedFile>> ImportAsync(string name, FileStatement stated, params string[] lines) => books.ImportAsync(name, stated, lines);

    private async Task<Result<RolledBackFile>> RollBackAsync(long file)
    {
        await using var db = await books.BeginAsync();
        var result = await FileRollback.RunAsync(db, books.Tenant, file, " Wrong month ", new InvoiceNames(), books.Clock.GetUtcNow());
        if (result.IsSuccess) await db.CommitAsync();
        return result;
    }

    // Everything that a line is, with files by name: their numbers differ each time. Of a duplicate counts which line is billed in its place in the end.
    private async Task<IReadOnlyList<string>> StateAsync()
    {
        await using var db = await books.BeginAsync();
        return await db.QueryAsync($"""
            with recursive chain as (
                select file_id, line, duplicate_of_file as at_file, duplicate_of_line as at_line from usage.call where state = 'duplicate'
                union all
                select chain.file_id, chain.line, c.duplicate_of_file, c.duplicate_of_line from chain join usage.call c on c.file_id = at_file and c.line = at_line where c.state = 'duplicate')
            select f.name || ' ' || c.line || ' ' || case c.state
                when 'duplicate' then 'duplicate of ' || d.name || ' ' || e.at_line
                when 'excluded' then 'excluded ' || c.excluded_why || coalesce(' ' || c.excluded_error_code, '')
                when 'error' then 'error ' || c.error_code || coalesce(' ' || c.error_subject, '')
                when 'open' then 'open ' || round(c.charge, 3)
                else c.state end
            from usage.call c join usage.cdr_file f using (tenant_id, file_id) 
                left join (select chain.* from chain join usage.call c on c.file_id = at_file and c.line = at_line where c.state <> 'duplicate') e on e.file_id = c.file_id and e.line = c.line
                left join usage.cdr_file d on d.file_id = e.at_file
            order by f.name, c.line
            """, row => row.Text(0));
    }
}
