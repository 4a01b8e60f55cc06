using Billing.Testing;

namespace Billing.Tenancy.Tests.Embedded;

[Trait("needs", "postgres")]
public class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Each_test_gets_a_database_of_its_own()
    {
        await using var one = await postgres.CreateDatabaseAsync();
        await using var other = await postgres.CreateDatabaseAsync();

        await Sql.RunAsync(one.OwnerConnectionString, "CREATE TABLE mine (id int)");

        (await Sql.ScalarAsync<bool>(other.OwnerConnectionString, "SELECT to_regclass('mine') IS NULL")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_template_is_prepared_once_and_copied()
    {
        var preparations = 0;

        for (var copy = 0; copy < 3; copy++)
        {
            await using var database = await postgres.CreateDatabaseAsync(
                nameof(A_template_is_prepared_once_and_copied),
                async (connectionString, _) =>
                {
                    preparations++;
                    await Sql.RunAsync(connectionString, "CREATE EXTENSION btree_gist; CREATE TABLE ready AS SELECT 42 AS answer");
                });

            (await Sql.ScalarAsync<int>(database.OwnerConnectionString, "SELECT answer FROM ready")).ShouldBe(42);
        }

        preparations.ShouldBe(1);
    }
}
