using Billing.Host;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Testing;
using Npgsql;

namespace Billing.Tidy.Tests.Schema;

/// <summary>A fresh database with every module's schema, and two tenants in it.</summary>
public sealed class MigratedDatabase : IAsyncLifetime
{
    private TestDatabase database = null!;

    /// <summary>The product's own way in, as <c>billing_app</c>.</summary>
    public Database Opened { get; private set; } = null!;

    public TenantId First { get; private set; }

    public TenantId Second { get; private set; }

    public async Task InitializeAsync()
    {
        database = await new PostgresFixture().CreateDatabaseAsync();
        Opened = await Database.OpenAsync(database.OwnerConnectionString, null, Installation.Migrations, CancellationToken.None);
        First = await OpenTenantAsync("first");
        Second = await OpenTenantAsync("second");
    }

    public async Task DisposeAsync()
    {
        await Opened.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>The rows of a question about the catalog, asked as the owner; each a text.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        return await AskAsync(connection, sql);
    }

    /// <summary>The same as <c>billing_app</c>, on behalf of no tenant.</summary>
    public async Task<IReadOnlyList<string>> AskAsAppAsync(string sql)
    {
        await using var connection = await ConnectAsAppAsync();
        return await AskAsync(connection, sql);
    }

    /// <summary>A statement as <c>billing_app</c> on behalf of a tenant, undone afterwards.</summary>
    public async Task TryAsync(TenantId tenant, string sql)
    {
        await using var connection = await ConnectAsAppAsync();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"set local billing.tenant = {tenant.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}; {sql}", connection, transaction);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What a question about a tenant answers after the owner did something behind the application's back; undone afterwards.</summary>
    public async Task<long?> AsOwnerAsync(TenantId tenant, string deed, string question)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var act = new NpgsqlCommand($"set local billing.tenant = {tenant.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}; {deed}", connection, transaction);
        await act.ExecuteNonQueryAsync();
        await using var ask = new NpgsqlCommand(question, connection, transaction);
        return await ask.ExecuteScalarAsync() as long?;
    }

    /// <summary>What the database answered a transaction of a tenant's with that it must refuse, at the latest when it is committed.</summary>
    public async Task<PostgresException> RefusalAsync(TenantId tenant, Func<TenantDb, Task> work)
    {
        await using var db = await Opened.BeginAsync(tenant);
        return await Should.ThrowAsync<PostgresException>(async () =>
        {
            await work(db);
            await db.CommitAsync();
        });
    }

    /// <summary>Work of a tenant's that goes through.</summary>
    public async Task<T> DoAsync<T>(TenantId tenant, Func<TenantDb, Task<T>> work)
    {
        await using var db = await Opened.BeginAsync(tenant);
        var result = await work(db);
        await db.CommitAsync();
        return result;
    }

    private async Task<NpgsqlConnection> ConnectAsAppAsync()
    {
        var role = await AskAsync("select value from installation.secret where name in ('app-role', 'app-password') order by name desc");
        return new NpgsqlConnection(database.ConnectionStringFor(role[0], role[1]));
    }

    private static async Task<IReadOnlyList<string>> AskAsync(NpgsqlConnection connection, string sql)
    {
        if (connection.State == System.Data.ConnectionState.Closed) await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    private async Task<TenantId> OpenTenantAsync(string slug) =>
        (await new TenantDirectory(Opened).OpenAsync(new NewTenant(slug, slug, slug + " Ltd", ["1 High Street"], "GB", null, null, "GBP", "Europe/London",
            new Brand(null, "#000000", "#000000", null, null, null, [], null)))).Id;
}
