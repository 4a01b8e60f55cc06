using Billing.Abstractions.Values;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Tenancy.Data;
using Billing.Usage.RatedCalls;
using Npgsql;

namespace Billing.Invoicing.Tests;

/// <summary>The calls of big files lie in partitions of their own, and nobody but the database knows.</summary>
[Trait("needs", "postgres")]
public sealed class CallPartTests
{
    private const ulong First = 441632960001;
    private const ulong Nobody = 441632960999;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task C3_Whatever_files_the_lines_come_in_and_whatever_partition_the_same_lines_count(int seed)
    {
        var random = new Random(seed);
        await using var shared = await Books.OpenAsync();
        await using var mixed = await Books.OpenAsync(Parts.EveryOther);
        var calls = Enumerable.Range(0, 40).Select(i => shared.Call(i % 5 == 0 ? Nobody : First, $"2026-03-{1 + random.Next(28):00} {random.Next(24):00}:{random.Next(60):00}:00", random.Next(200), i % 7 == 0 ? "99912345678" : "442079460000")).ToList();
        var files = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 12).Select(_ => calls[random.Next(calls.Count)]).ToArray()).ToList();
        foreach (var books in (Books[])[shared, mixed])
        {
            await books.AccountAsync("A1", First);
            for (var i = 0; i < files.Count; i++) (await books.ImportAsync($"{i}.csv", files[i])).ValueOrThrow();
            await books.ShouldAddUpAsync();
        }
        (await LinesAsync(mixed)).ShouldBe(await LinesAsync(shared));
        (await PartsAsync(mixed)).ShouldBe(3);
        foreach (var books in (Books[])[shared, mixed]) await books.BillAsync(Books.March);
        (await mixed.InvoicesAsync()).Select(i => (i.Number, i.Net, i.Vat)).ShouldBe((await shared.InvoicesAsync()).Select(i => (i.Number, i.Net, i.Vat)));
        await mixed.ShouldAddUpAsync();
    }

    [Fact]
    public async Task C6_Of_a_file_that_is_refused_nothing_is_left()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await books.AccountAsync("A1", First);

        (await books.ImportAsync("empty.csv")).TryGet(out _, out var refusal).ShouldBeFalse();

        refusal!.Code.ShouldBe("usage.file-empty");
        (await PartsAsync(books)).ShouldBe(0);
        (await TablesAsync(books)).ShouldBe(1);
    }

    [Fact]
    public async Task A_partition_can_not_be_left_open()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await using (var db = await books.BeginAsync())
        {
            await db.QueryAsync($"select part from usage.open_part({"uk"})", row => row.Int(0));
            (await Should.ThrowAsync<PostgresException>(() => db.CommitAsync())).SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation, "the file is not in the register");
        }
        await using (var db = await books.BeginAsync())
        {
            await db.ExecuteAsync($"""
                insert into usage.cdr_file (file_id, name, hash, bytes, carrier, format, kind, lines, lines_skipped, imported_at) overriding system value
                select file_id, 'a.csv', 'a', 1, 'uk', 'uk', 'unknown', 0, 0, now() from usage.open_part({"uk"})
                """);
            (await Should.ThrowAsync<PostgresException>(() => db.CommitAsync())).SqlState.ShouldBe(PostgresErrorCodes.IntegrityConstraintViolation);
        }
    }

    [Fact]
    public async Task A_partition_takes_lines_of_its_own_file_only()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await using var db = await books.BeginAsync();
        await db.QueryAsync($"select part from usage.open_part({"uk"})", row => row.Int(0));

        (await Should.ThrowAsync<PostgresException>(() => db.ExecuteAsync($"insert into usage.call_t1_p1 (line, state, raw, file_id) values (1, 'zero-rated', '', 99)"))).ConstraintName.ShouldBe("of_one_file");
    }

    [Fact]
    public async Task Nobody_reaches_a_partition_but_through_the_table()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        foreach (var touch in (Func<TenantDb, Task>[])
                 [db => db.ExecuteAsync($"select from usage.call_t1_p1"), db => db.ExecuteAsync($"insert into usage.call_t1_p1 (line, state, raw) values (9, 'zero-rated', '')"),
                  db => db.ExecuteAsync($"update usage.call_t1_p1 set line = 9"), db => db.ExecuteAsync($"delete from usage.call_t1_p1"), db => db.ExecuteAsync($"drop table usage.call_t1_p1")])
        {
            await using var db = await books.BeginAsync();
            (await Should.ThrowAsync<PostgresException>(() => touch(db))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    /// <summary>Whatever the application forgets: the same record counts once, in whatever partitions its lines lie.</summary>
    [Fact]
    public async Task C3_The_database_refuses_a_record_that_counts_already_in_another_partition()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await books.AccountAsync("A1", First);
        var call = books.Call(First, "2026-03-02 10:00:00", 60);
        (await books.ImportAsync("a.csv", call)).ValueOrThrow();
        (await books.ImportAsync("b.csv", call, books.Call(First, "2026-03-02 11:00:00", 60))).ValueOrThrow().Calls["duplicate"].ShouldBe(1);
        await using (var db = await books.BeginAsync())
            (await Should.ThrowAsync<PostgresException>(() => db.ExecuteAsync($"update usage.call set state = 'zero-rated', duplicate_of_file = null, duplicate_of_line = null where state = 'duplicate'")))
                .ConstraintName.ShouldBe("call_is_unique");
        await using (var db = await books.BeginAsync())
        {
            var file = await db.ScalarAsync<long>($"""
                insert into usage.cdr_file (name, hash, bytes, carrier, format, kind, lines, lines_skipped, imported_at) select 'c.csv', 'c', 1, carrier, format, 'unknown', 1, 0, imported_at from usage.cdr_file limit 1
                returning file_id
                """);
            (await Should.ThrowAsync<PostgresException>(() => db.ExecuteAsync($"""
                insert into usage.call (file_id, line, state, carrier, raw, record_key, started_at) select {file}, 1, 'zero-rated', carrier, raw, record_key, started_at from usage.call where state <> 'duplicate' limit 1
                """))).ConstraintName.ShouldBe("call_is_unique");
        }
        await using (var db = await books.BeginAsync())
            (await Should.ThrowAsync<PostgresException>(() => db.ExecuteAsync($"insert into usage.call (file_id, line, state, carrier, raw) select file_id, 99, 'zero-rated', carrier, raw from usage.call limit 1")))
                .ConstraintName.ShouldBe("part_is_whole");
    }

    [Fact]
    public async Task C3_An_id_that_a_carrier_uses_again_months_later_is_another_call()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await books.AccountAsync("A1", First);
        var call = books.Call(First, "2026-01-02 10:00:00", 60);
        (await books.ImportAsync("a.csv", call)).ValueOrThrow();

        (await books.ImportAsync("b.csv", call.Replace("02/01/2026", "02/03/2026", StringComparison.Ordinal))).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["open"] = 1 });
    }

    [Fact]
    public async Task A_partition_that_is_folded_into_the_shared_one_changes_nothing_that_can_be_seen()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-02 11:00:00", 0), books.Call(First, "2026-03-02 10:00:00", 60, "448081570142"))).ValueOrThrow();
        (await books.ImportAsync("b.csv", books.Call(First, "2026-03-03 10:00:00", 60))).ValueOrThrow();
        (await books.ImportAsync("late.csv", books.Call(Nobody, "2026-03-03 10:00:00", 60))).ValueOrThrow();
        await books.BillAsync(Books.March);
        var before = await LinesAsync(books);
        (await new CallParts(books.Database, books.Clock).KeepAsync(many: 0)).ShouldBe(0, "a month that has just ended is left alone");

        (await new CallParts(books.Database, new Later()).KeepAsync(many: 0)).ShouldBe(2, "the third has an error to be mended");

        (await LinesAsync(books)).ShouldBe(before);
        (await PartsAsync(books)).ShouldBe(1);
        (await TablesAsync(books)).ShouldBe(2);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task The_tables_of_files_that_were_taken_out_are_dropped()
    {
        await using var books = await Books.OpenAsync(Parts.All);
        await books.AccountAsync("A1", First);
        var file = (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        await using (var db = await books.BeginAsync())
        {
            (await Usage.Register.FileRollback.RunAsync(db, books.Tenant, file.FileId, "Wrong month", new Invoices.InvoiceNames(), books.Clock.GetUtcNow())).ValueOrThrow();
            await db.CommitAsync();
        }
        (await TablesAsync(books)).ShouldBe(2);

        (await new CallParts(books.Database, books.Clock).KeepAsync()).ShouldBe(1);

        (await TablesAsync(books)).ShouldBe(1);
        (await PartsAsync(books)).ShouldBe(0);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return await db.QueryAsync($"""
            select concat_ws('|', f.name, c.line, c.lines, c.state, c.raw, c.account_id, c.charge, c.error_code, c.error_subject, o.name, c.duplicate_of_line)
            from usage.call c join usage.cdr_file f using (tenant_id, file_id) left join usage.cdr_file o on o.tenant_id = c.tenant_id and o.file_id = c.duplicate_of_file
            order by f.name, c.line
            """, row => row.Text(0));
    }

    private static async Task<long> PartsAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return await db.ScalarAsync<long>($"select count(*) from usage.call_part");
    }

    private static async Task<long> TablesAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return await db.ScalarAsync<long>($"select count(*) from pg_inherits where inhparent = 'usage.call'::regclass");
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);
    }
}
