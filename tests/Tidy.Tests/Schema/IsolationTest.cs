using Billing.Tenancy;
using Npgsql;

namespace Billing.Tidy.Tests.Schema;

/// <summary>Two tenants in one database, and neither there for the other.</summary>
[Collection(MigratedDatabaseGroup.Name)]
[Trait("needs", "postgres")]
public sealed class IsolationTest(MigratedDatabase database)
{
    [Fact]
    public async Task What_one_tenant_writes_the_other_neither_sees_nor_changes()
    {
        await database.DoAsync(database.First, db => db.ExecuteAsync(
            $"insert into catalog.product (code, name, kind, price, nominal_code) values ({"SETUP"}, {"Set-up"}, {"one-off"}, {25m}, {"4000"})"));

        (await CountAsync(database.First)).ShouldBe(1);
        (await CountAsync(database.Second)).ShouldBe(0);
        (await database.DoAsync(database.Second, db => db.ExecuteAsync($"update catalog.product set price = 0"))).ShouldBe(0);
        (await database.DoAsync(database.Second, db => db.ExecuteAsync($"delete from catalog.product"))).ShouldBe(0);
        (await database.AskAsAppAsync("select code from catalog.product")).ShouldBeEmpty("without a tenant nothing is seen");
        (await CountAsync(database.First)).ShouldBe(1);

        Task<long> CountAsync(TenantId tenant) => database.DoAsync(tenant, db => db.ScalarAsync<long>($"select count(*) from catalog.product where price = 25"));
    }

    [Fact]
    public async Task A_row_can_not_be_given_to_another_tenant()
    {
        var refusal = await database.RefusalAsync(database.Second, db => db.ExecuteAsync(
            $"insert into catalog.product (tenant_id, code, name, kind, price, nominal_code) values ({database.First.Value}, {"GIFT"}, {"Gift"}, {"one-off"}, {1m}, {"4000"})"));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        refusal.MessageText.ShouldContain("row-level security");
    }

    // The policy is asked before any other rule of a table, so a row with nothing but the tenant in it is enough.
    [Fact]
    public async Task No_table_takes_another_tenants_row()
    {
        var open = new List<string>();
        foreach (var table in await database.AskAsync(Catalog.Relations + "select name from tables order by name"))
            try
            {
                await database.TryAsync(database.Second, $"insert into {table} (tenant_id) overriding system value values ({database.First.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)})");
                open.Add($"{table} took the row");
            }
            catch (PostgresException e)
            {
                if (e.SqlState != PostgresErrorCodes.InsufficientPrivilege) open.Add($"{table}: {e.MessageText}");
            }
        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tenant_sees_of_the_tenants_itself_only() =>
        (await database.DoAsync(database.Second, db => db.QueryAsync($"select slug from tenancy.tenant", row => row.Text(0)))).ShouldBe(["second"]);
}
