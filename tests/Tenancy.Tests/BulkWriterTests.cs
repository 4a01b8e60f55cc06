using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Testing;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;

namespace Billing.Tenancy.Tests;

/// <summary>What goes in by COPY comes out again, asked of a real server.</summary>
[Trait("needs", "postgres")]
public sealed class BulkWriterTests : IAsyncLifetime
{
    private static readonly PostgresFixture Server = new();

    private TestDatabase store = null!;
    private Database database = null!;
    private Tenant tenant = null!;

    public async Task InitializeAsync()
    {
        store = await Server.CreateDatabaseAsync();
        database = await Database.OpenAsync(store.OwnerConnectionString, null, [.. TenancyModule.Migrations], default);
        tenant = await new TenantDirectory(database).OpenAsync(new NewTenant("ash", "Ash", "Ash Ltd", ["1 Street"], "GB", null, null, "GBP", "Europe/London", new Brand(null, "#123456", "#654321", null, null, null, [], null)));
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        await store.DisposeAsync();
    }

    public static TheoryData<decimal> Numbers => new()
    {
        0m, 0.000m, 1m, -1m, 0.0381m, -0.0381m, 10_000m, 99_999_999m, 10_000.0001m, 0.0001m, 0.00001m, 0.00000000000000000000000001m, -0.1m, 123.45m, 1.10m, 100.00m,
        decimal.MaxValue, decimal.MinValue, 79228162514264337593543950.335m, 7.9228162514264337593543950335m, 18446744073709551615m, 18446744073709551616m, 0.018446744073709551615m,
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_number_comes_out_as_it_went_in(decimal number)
    {
        var row = (await StoreAsync([new Values(null, null, null, number, false, null, null)])).Single();
        row.Number.ShouldBe(number);
    }

    [Fact]
    public async Task Whatever_the_row_it_comes_out_as_it_went_in()
    {
        var texts = Gen.Elements("", "a", "naïve £", "\u4e2d\u6587 \U0001F4DE", "line\nbreak\ttab\\", new string('x', 70_000));
        var decimals = from low in Gen.Choose(int.MinValue, int.MaxValue) from middle in Gen.Choose(int.MinValue, int.MaxValue) from high in Gen.Choose(0, int.MaxValue)
                       from isShort in Gen.Elements(true, false) from negative in Gen.Elements(true, false) from scale in Gen.Choose(0, 28)
                       select new decimal(low, isShort ? 0 : middle, isShort ? 0 : high, negative, (byte)scale);
        var rows = (from text in Gen.OrNull(texts) from whole in Gen.Choose(int.MinValue, int.MaxValue) from number in decimals from isTrue in Gen.Elements(true, false)
                    from seconds in Gen.Choose(-1_000_000_000, 1_000_000_000) from micros in Gen.Choose(0, 999_999) from a in Gen.Choose(int.MinValue, int.MaxValue) from isNull in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
                    select new Values(text, isNull ? null : whole * 4_000_000_000L, isNull ? null : whole, isNull ? null : number, isTrue,
                        isNull ? null : DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddMicroseconds(micros), isNull ? null : new Guid(a, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))).Sample(3_000).ToList();
        (await StoreAsync(rows)).ShouldBe(rows);
    }

    [Fact]
    public async Task No_row_is_no_row()
    {
        (await StoreAsync([])).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_completed_is_not_stored_and_the_transaction_is_of_no_more_use()
    {
        await using (var db = await database.BeginAsync(tenant.Id))
        {
            await MakeAsync(db);
            await using (var writer = await db.CopyAsync("copy kept (words, large, whole, number, yes, at, id) from stdin (format binary)"))
            {
                for (var i = 0; i < 50_000; i++) Write(writer, new Values("left", i, i, i, true, null, null));
            }
            await Should.ThrowAsync<PostgresException>(() => db.ScalarAsync<long>($"select count(*) from kept"));
        }
        // The connection is: the next one has it from the pool.
        await using var next = await database.BeginAsync(tenant.Id);
        (await next.ScalarAsync<long>($"select 1::bigint")).ShouldBe(1);
    }

    [Fact]
    public async Task A_row_that_the_table_refuses_says_so_at_the_end()
    {
        await using (var db = await database.BeginAsync(tenant.Id))
        {
            await MakeAsync(db);
            await db.ExecuteAsync($"alter table kept add check (whole > 0)");
            await using var writer = await db.CopyAsync("copy kept (words, large, whole, number, yes, at, id) from stdin (format binary)");
            Write(writer, new Values("bad", 1, -1, 1, true, null, null));
            (await Should.ThrowAsync<PostgresException>(() => writer.CompleteAsync())).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        }
        await using var next = await database.BeginAsync(tenant.Id);
        (await next.ScalarAsync<long>($"select 1::bigint")).ShouldBe(1);
    }

    private async Task<IReadOnlyList<Values>> StoreAsync(List<Values> rows)
    {
        await using var db = await database.BeginAsync(tenant.Id);
        await MakeAsync(db);
        await using (var writer = await db.CopyAsync("copy kept (words, large, whole, number, yes, at, id) from stdin (format binary)"))
        {
            foreach (var row in rows) Write(writer, row);
            (await writer.CompleteAsync()).ShouldBe(rows.Count);
        }
        return await db.QueryAsync($"select words, large, whole, number, yes, at, id, number::text from kept order by place", row =>
        {
            var number = row.Maybe<decimal?>(3);
            // Exactly, with as many decimals as it had.
            if (number is not null) row.Text(7).ShouldBe((number.Value == 0 ? Math.Abs(number.Value) : number.Value).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return new Values(row.MaybeText(0), row.Maybe<long?>(1), row.Maybe<int?>(2), number, row.Bool(4), row.IsNull(5) ? null : row.Instant(5), row.Maybe<Guid?>(6));
        });
    }

    private static Task<int> MakeAsync(TenantDb db) =>
        db.ExecuteAsync($"create temporary table kept (words text, large bigint, whole int, number numeric, yes boolean, at timestamptz, id uuid, place bigint generated always as identity) on commit drop");

    private static void Write(BulkWriter writer, Values row)
    {
        writer.StartRow();
        writer.Text(row.Words);
        writer.Long(row.Large);
        writer.Int(row.Whole);
        writer.Decimal(row.Number);
        writer.Bool(row.Yes);
        writer.Instant(row.At);
        writer.Uuid(row.Id);
    }

    public sealed record Values(string? Words, long? Large, int? Whole, decimal? Number, bool Yes, DateTimeOffset? At, Guid? Id);
}
