using System.Globalization;
using Billing.Tenancy;
using Npgsql;

namespace Billing.Isolation.Tests.Fixture;

/// <summary>Rows as the database itself has them: what the owner sees, and what the application's role gets to see for a tenant or for none.</summary>
sealed class Rows(string ownerConnectionString)
{
    string? app;

    /// <summary>Every table of ours with a tenant's rows in it. Not the scheduler's own, nor the installation's: those know nothing of a tenant's.</summary>
    public Task<IReadOnlyList<string>> TablesAsync() => OwnersAsync(null, """
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'm') and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
          and n.nspname not in ('pg_catalog', 'information_schema')
        order by 1
        """);

    /// <summary>Tables that say of no row whose it is.</summary>
    public Task<IReadOnlyList<string>> SharedTablesAsync() => OwnersAsync(null, """
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'm', 'f') and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
          and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
        order by 1
        """);

    /// <summary>Views with a tenant's rows in them.</summary>
    public Task<IReadOnlyList<string>> ViewsAsync() => OwnersAsync(null, """
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'v' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
          and n.nspname not in ('pg_catalog', 'information_schema')
        order by 1
        """);

    /// <summary>Asks as the owner, whom the policies bind to the tenant too; each row's first column as a text.</summary>
    public async Task<IReadOnlyList<string>> OwnersAsync(TenantId? tenant, string sql)
    {
        await using var connection = await OpenAsync(ownerConnectionString, tenant);
        return await AskAsync(connection, sql);
    }

    /// <summary>Asks as the application.</summary>
    public async Task<IReadOnlyList<string>> ApplicationsAsync(TenantId? tenant, string sql)
    {
        await using var connection = await OpenAsync(await ApplicationAsync(), tenant);
        return await AskAsync(connection, sql);
    }

    /// <summary>Does something as the application and undoes it.</summary>
    /// <returns>Rows it touched; null when it was refused.</returns>
    public async Task<int?> TryAsync(TenantId? tenant, string sql)
    {
        await using var connection = await OpenAsync(await ApplicationAsync(), tenant);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        try
        {
            return await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    /// <summary>Does something behind the application's back, for good.</summary>
    public async Task SpoilAsync(string sql)
    {
        await using var connection = await OpenAsync(ownerConnectionString, null);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A hash of a tenant's rows, table by table. When a sign-in was seen last is left out: it changes by being used.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="except">Tables that change by being asked.</param>
    public async Task<IReadOnlyDictionary<string, string>> HashesAsync(TenantId tenant, IReadOnlyCollection<string> except)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in (await TablesAsync()).Except(except))
            hashes[table] = (await OwnersAsync(tenant, $"select count(*) || ' rows, ' || coalesce(md5(string_agg(row, '|' order by row)), '') from (select (to_jsonb(t) - 'last_seen_at')::text as row, tenant_id from {table} t) rows where tenant_id = {Written(tenant)}"))[0];
        return hashes;
    }

    public static string Written(TenantId tenant) => tenant.Value.ToString(CultureInfo.InvariantCulture);

    async Task<string> ApplicationAsync() => app ??= new NpgsqlConnectionStringBuilder(ownerConnectionString)
    {
        Username = (await OwnersAsync(null, "select value from installation.secret where name = 'app-role'"))[0],
        Password = (await OwnersAsync(null, "select value from installation.secret where name = 'app-password'"))[0],
    }.ConnectionString;

    static async Task<NpgsqlConnection> OpenAsync(string connectionString, TenantId? tenant)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        if (tenant is { } whose)
        {
            await using var set = new NpgsqlCommand($"set billing.tenant = {Written(whose)}", connection);
            await set.ExecuteNonQueryAsync();
        }
        return connection;
    }

    static async Task<IReadOnlyList<string>> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        return rows;
    }
}
