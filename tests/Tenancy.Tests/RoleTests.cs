using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Testing;
using Npgsql;

namespace Billing.Tenancy.Tests;

/// <summary>Two installations in two databases of one server, which share its roles.</summary>
[Trait("needs", "postgres")]
public sealed class RoleTests
{
    private static readonly PostgresFixture Server = new();

    [Fact]
    public async Task Each_works_on_after_the_other_has_started_and_knows_nothing_of_its_tenants()
    {
        await using var one = await Server.CreateDatabaseAsync();
        await using var two = await Server.CreateDatabaseAsync();
        await using (var first = await OpenAsync(one)) await new TenantDirectory(first).OpenAsync(Reseller("ash"));
        await using (var second = await OpenAsync(two)) await new TenantDirectory(second).OpenAsync(Reseller("birch"));

        // Connections made anew: with a password of the whole server's, the first would be shut out now.
        await using var firstAgain = await OpenAsync(one);
        await using var secondAgain = await OpenAsync(two);
        (await new TenantDirectory(firstAgain).ListAsync()).Select(t => t.Slug).ShouldBe(["ash"]);
        (await new TenantDirectory(secondAgain).ListAsync()).Select(t => t.Slug).ShouldBe(["birch"]);
        (await RoleAsync(firstAgain)).ShouldNotBe(await RoleAsync(secondAgain));
    }

    [Fact]
    public async Task Many_that_start_at_once_do_not_get_in_each_others_way()
    {
        var databases = new List<TestDatabase>();
        for (var i = 0; i < 4; i++) databases.Add(await Server.CreateDatabaseAsync());
        // Two hosts of each.
        var opened = await Task.WhenAll(databases.Concat(databases).Select(OpenAsync));
        (await Task.WhenAll(opened.Select(RoleAsync))).Distinct().Count().ShouldBe(4);
        foreach (var database in opened) await database.DisposeAsync();
        foreach (var database in databases) await database.DisposeAsync();
    }

    [Fact]
    public async Task An_owner_who_may_not_make_roles_is_told_what_it_needs()
    {
        await using var database = await Server.CreateDatabaseAsync();
        await using (var owner = NpgsqlDataSource.Create(database.OwnerConnectionString))
        {
            await using var poor = owner.CreateCommand($"create role poor_{database.Name} login password 'p'; grant create on database {database.Name} to poor_{database.Name}");
            await poor.ExecuteNonQueryAsync();
        }
        var refused = await Should.ThrowAsync<DatabaseException>(() => Database.OpenAsync(database.ConnectionStringFor("poor_" + database.Name, "p"), null, [.. TenancyModule.Migrations], CancellationToken.None));
        refused.Failure.Code.ShouldBe("database.no-role");
        refused.Message.ShouldContain("CREATEROLE");
    }

    private static NewTenant Reseller(string slug) =>
        new(slug, slug, slug, ["1 High Street"], "GB", null, null, "GBP", "Europe/London", new Brand(null, "#123456", "#654321", null, null, null, [], null));

    private static Task<Database> OpenAsync(TestDatabase database) => Database.OpenAsync(database.OwnerConnectionString, null, [.. TenancyModule.Migrations], CancellationToken.None);

    private static async Task<string> RoleAsync(Database database)
    {
        await using var ask = database.Pool.CreateCommand("select current_user::text");
        return (string)(await ask.ExecuteScalarAsync())!;
    }
}
