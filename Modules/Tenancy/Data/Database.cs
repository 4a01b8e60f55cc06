using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Billing.Abstractions.Values;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Npgsql;

namespace Billing.Tenancy.Data;

/// <summary>
/// The installation's PostgreSQL. Opened once: the owner's connection migrates the schema, everything after that runs as
/// a role of the installation's own with the rights of <c>billing_app</c>, which owns nothing and can't see past row-level security.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const string AppGroup = "billing_app";
    private const long MigrationLock = 0x42696c6c696e67; // "Billing"

    private readonly NpgsqlDataSource source;

    private Database(NpgsqlDataSource source) => this.source = source;

    /// <summary>Migrates and connects. Several hosts may do so at once: one migrates, the others wait.</summary>
    /// <param name="ownerConnectionString">
    /// A role that owns the database and may create roles. Where it may not, create <c>billing_app</c> yourself and give its connection
    /// in <paramref name="appConnectionString"/>.
    /// </param>
    /// <param name="appConnectionString">The restricted role's connection; null to let the owner make the role and its password.</param>
    /// <param name="migrations">All modules' steps, lower modules first.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="DatabaseException">The database is newer than this build, was changed by hand, or can't be used.</exception>
    public static async Task<Database> OpenAsync(
        string ownerConnectionString,
        string? appConnectionString,
        IReadOnlyList<Migration> migrations,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        (string Name, string Password) role;
        // The owner's questions are plain text: the types of the database, which take a while to read, are no matter to it.
        var owners = new NpgsqlDataSourceBuilder(ownerConnectionString);
        owners.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        await using (var once = owners.Build())
        await using (var owner = once.CreateConnection())
        {
            await owner.OpenAsync(cancellationToken);
            if (owner.PostgreSqlVersion.Major < 15)
                throw new DatabaseException(new Failure("database.too-old", $"The server is PostgreSQL {owner.PostgreSqlVersion}; Billing needs 15 or newer."));
            role = await MigrateAsync(owner, appConnectionString is null, migrations, cancellationToken);
        }

        var builder = new NpgsqlDataSourceBuilder(appConnectionString ?? new NpgsqlConnectionStringBuilder(ownerConnectionString)
        {
            Username = role.Name,
            Password = role.Password,
        }.ConnectionString);
        builder.ConnectionStringBuilder.ApplicationName = "billing";
        var source = builder.Build();
        try
        {
            await RefuseMightyRoleAsync(source, cancellationToken);
            return new Database(source);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins a tenant's transaction for Billing itself: jobs and the command line.</summary>
    public Task<TenantDb> BeginAsync(TenantId tenant, CancellationToken cancellationToken = default) => BeginAsync(tenant, Actor.System, cancellationToken);

    /// <summary>Begins a tenant's transaction on behalf of somebody, whom the audit trail will name.</summary>
    public Task<TenantDb> BeginAsync(TenantId tenant, Actor actor, CancellationToken cancellationToken = default) => TenantDb.BeginAsync(source, Jobs, tenant, actor, isReading: false, cancellationToken);

    /// <summary>
    /// Begins a tenant's transaction that only looks: all its questions see the database as it was at the first of them, however long it takes, and the
    /// server itself refuses to change anything in it.
    /// </summary>
    public Task<TenantDb> BeginReadingAsync(TenantId tenant, Actor actor, CancellationToken cancellationToken = default) => TenantDb.BeginAsync(source, Jobs, tenant, actor, isReading: true, cancellationToken);

    /// <summary>Rings when a job was asked for.</summary>
    public JobBell Jobs { get; } = new();

    /// <summary>The pool of connections of the restricted role, for the scheduler, which keeps its own tables. Nobody else has a use for it.</summary>
    public DbDataSource Pool => source;

    /// <summary>For questions that belong to no tenant: which tenants there are. The same restricted role.</summary>
    internal NpgsqlDataSource Source => source;

    /// <summary>Closes the pool.</summary>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    // A role that may look past row-level security would show every tenant to every other.
    private static async Task RefuseMightyRoleAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            select r.rolname::text, r.rolsuper or r.rolbypassrls or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'tenancy' and c.relowner = r.oid)
            from pg_roles r where r.rolname = current_user
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken) && reader.GetBoolean(1))
            throw new DatabaseException(new Failure("database.mighty-role",
                $"The application would connect as '{reader.GetString(0)}', a superuser, a role that bypasses row-level security, or the owner of the tables. Give it a role that is none of these in ConnectionStrings__BillingApp."));
    }

    private static async Task<(string Name, string Password)> MigrateAsync(NpgsqlConnection owner, bool makeRole, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await RunAsync(owner, null, $"select pg_advisory_lock({MigrationLock.ToString(CultureInfo.InvariantCulture)})", cancellationToken);
        try
        {
            await RunAsync(owner, null, """
                create schema if not exists installation;
                create table if not exists installation.migration
                    (name text primary key, hash text not null, applied_at timestamptz not null default now());
                create table if not exists installation.secret (name text primary key, value text not null);
                revoke all on schema installation from public;
                """, cancellationToken);

            var role = makeRole ? await MakeAppRoleAsync(owner, cancellationToken) : default;
            var applied = new Dictionary<string, string>(StringComparer.Ordinal);
            await using (var command = new NpgsqlCommand("select name, hash from installation.migration", owner))
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
                while (await reader.ReadAsync(cancellationToken)) applied[reader.GetString(0)] = reader.GetString(1);

            Refuse(applied, migrations);
            foreach (var migration in migrations.Where(m => !applied.ContainsKey(m.Name)))
            {
                await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
                await RunAsync(owner, transaction, migration.Text, cancellationToken);
                await using (var note = new NpgsqlCommand("insert into installation.migration (name, hash) values ($1, $2)", owner, transaction))
                {
                    note.Parameters.Add(new NpgsqlParameter { Value = migration.Name });
                    note.Parameters.Add(new NpgsqlParameter { Value = migration.Hash });
                    await note.ExecuteNonQueryAsync(cancellationToken);
                }
                await transaction.CommitAsync(cancellationToken);
            }
            return role;
        }
        finally
        {
            // A connection that broke has no lock any more, and why it broke is what is to be told.
            if (owner.State == ConnectionState.Open) await RunAsync(owner, null, $"select pg_advisory_unlock({MigrationLock.ToString(CultureInfo.InvariantCulture)})", CancellationToken.None);
        }
    }

    private static void Refuse(Dictionary<string, string> applied, IReadOnlyList<Migration> migrations)
    {
        var known = migrations.ToDictionary(m => m.Name, m => m.Hash, StringComparer.Ordinal);
        foreach (var (name, hash) in applied)
        {
            if (!known.TryGetValue(name, out var ours))
                throw new DatabaseException(new Failure("database.newer",
                    $"The database has the schema step '{name}', which this build of Billing does not know. It was opened by a newer version: use that one, or restore a backup."));
            if (!string.Equals(ours, hash, StringComparison.Ordinal))
                throw new DatabaseException(new Failure("database.step-changed",
                    $"The schema step '{name}' was applied in another form than this build has. Use the build that created the database, or restore a backup."));
        }
    }

    // Made once; name and password are kept where only the owner can read them, so that several hosts agree. A role belongs to the whole server: one
    // that all installations of a server shared would have one password, and whoever set it last would shut the others out.
    private static async Task<(string Name, string Password)> MakeAppRoleAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        var name = await KeepAsync(owner, "app-role", $"{AppGroup}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}", cancellationToken);
        var password = await KeepAsync(owner, "app-password", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), cancellationToken);
        try
        {
            // Another database's host may make the group at the same moment, or, where a dump was restored beside its origin, the role. Both texts are our own.
            foreach (var (made, how) in ((string, string)[])[(AppGroup, "nologin noinherit"), (name, $"login inherit in role {AppGroup} password '{password}'")])
                await RunAsync(owner, null, $"""
                    do $$ begin
                        if not exists (select from pg_roles where rolname = '{made}') then
                            create role {made} nosuperuser nocreatedb nocreaterole nobypassrls {how};
                        end if;
                    exception when duplicate_object or unique_violation then null;
                    end $$
                    """, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DatabaseException(new Failure("database.no-role",
                $"The owner may not make the role that Billing works as: {refused.MessageText}. Give it CREATEROLE and, where somebody else made {AppGroup}, \"grant {AppGroup} to\" it \"with admin option\"; or make a role yourself and name it in ConnectionStrings__BillingApp."));
        }
        return (name, password);
    }

    private static async Task<string> KeepAsync(NpgsqlConnection owner, string name, string made, CancellationToken cancellationToken)
    {
        await using var keep = new NpgsqlCommand("insert into installation.secret (name, value) values ($1, $2) on conflict (name) do update set value = installation.secret.value returning value", owner);
        keep.Parameters.Add(new NpgsqlParameter { Value = name });
        keep.Parameters.Add(new NpgsqlParameter { Value = made });
        return (string)(await keep.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
