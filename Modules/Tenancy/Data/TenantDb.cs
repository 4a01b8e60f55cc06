using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Npgsql;

namespace Billing.Tenancy.Data;

/// <summary>
/// One transaction on behalf of one tenant. The database itself shows and takes only that tenant's rows (row-level security);
/// nothing written here says "where tenant_id =", except to use an index. Not committed means not done.
/// </summary>
public sealed class TenantDb : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly List<Deed> deeds = [];
    private readonly List<JobId> jobs = [];
    private readonly JobBell bell;
    private readonly bool isReading;

    private TenantDb(TenantId tenant, Actor actor, NpgsqlConnection connection, NpgsqlTransaction transaction, JobBell bell, bool isReading)
    {
        this.bell = bell;
        this.isReading = isReading;
        Tenant = tenant;
        Actor = actor;
        this.connection = connection;
        this.transaction = transaction;
    }

    /// <summary>Whose rows this transaction sees.</summary>
    public TenantId Tenant { get; }

    /// <summary>Who does what is done here, as the audit trail will name them.</summary>
    public Actor Actor { get; }

    internal static async Task<TenantDb> BeginAsync(NpgsqlDataSource source, JobBell bell, TenantId tenant, Actor actor, bool isReading, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isReading ? IsolationLevel.RepeatableRead : IsolationLevel.Unspecified, cancellationToken);
            var db = new TenantDb(tenant, actor, connection, transaction, bell, isReading);
            if (isReading) await db.ExecuteAsync($"set transaction read only", cancellationToken);
            // Local to the transaction: a pooled connection can't carry one tenant's name into another's work.
            await db.ExecuteAsync($"""
                select set_config('billing.tenant', {tenant.Value.ToString(CultureInfo.InvariantCulture)}, true),
                       set_config('billing.actor', jsonb_build_object('kind', {KindOf(actor)}::text, 'id', {actor.Id}::bigint, 'name', {actor.Name}::text)::text, true)
                """, cancellationToken);
            return db;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>Rows changed.</returns>
    public async Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken = default)
    {
        await using var command = CommandOf(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> QueryAsync<T>(Sql sql, Func<Row, T> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var command = CommandOf(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        var row = new Row(reader);
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(row));
        return rows;
    }

    /// <summary>The rows of a query one by one; nothing else may run on this transaction meanwhile.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(Sql sql, Func<Row, T> read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var command = CommandOf(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new Row(reader);
        while (await reader.ReadAsync(cancellationToken)) yield return read(row);
    }

    /// <summary>The first row of a query, or <c>default</c> when there is none.</summary>
    public async Task<T?> FindAsync<T>(Sql sql, Func<Row, T> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var command = CommandOf(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(new Row(reader)) : default;
    }

    /// <summary>The single value of a query that always has one.</summary>
    /// <exception cref="InvalidOperationException">There was no row, or null in it.</exception>
    public async Task<T> ScalarAsync<T>(Sql sql, CancellationToken cancellationToken = default)
    {
        await using var command = CommandOf(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? reader.GetFieldValue<T>(0)
            : throw new InvalidOperationException("A query that must have a row has none: " + command.CommandText);
    }

    /// <summary>
    /// Does something that a rule of the database may refuse: a number that is held already, a row that others refer to. What it did is then undone,
    /// and the transaction goes on.
    /// </summary>
    /// <returns>The rule that refused; null when it was done.</returns>
    public async Task<Refusal?> TryAsync(Func<Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        const string Name = "attempt";
        await transaction.SaveAsync(Name, cancellationToken);
        try
        {
            await work();
            await transaction.ReleaseAsync(Name, cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (Refusal.Of(refused) is not null)
        {
            await transaction.RollbackAsync(Name, CancellationToken.None);
            return Refusal.Of(refused);
        }
    }

    /// <summary>
    /// Opens a binary COPY. Row-level security forbids COPY into a tenant's table, so it goes into a temporary one first and from
    /// there by INSERT, which the policies check.
    /// </summary>
    /// <param name="copyCommand">A constant of ours: <c>copy staging (a, b) from stdin (format binary)</c>.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<BulkWriter> CopyAsync(string copyCommand, CancellationToken cancellationToken = default) =>
        new(await connection.BeginRawBinaryCopyAsync(copyCommand, cancellationToken));

    /// <summary>
    /// Waits until nobody else holds the same lock of this tenant, and keeps it until the transaction ends.
    /// </summary>
    /// <param name="name">What is locked, for example <c>import/gamma</c>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task LockAsync(string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync($"select pg_advisory_xact_lock({Tenant.Value}, hashtext({name}))", cancellationToken);

    /// <summary>
    /// Notes something in the audit trail that no changed row tells of. It is written when the transaction commits, after everything else,
    /// so that the trail is locked last and nobody waits for two things crosswise.
    /// </summary>
    public void Note(Deed deed) => deeds.Add(deed);

    internal void RingAfterCommit(JobId job) => jobs.Add(job);

    /// <summary>Makes everything done here true at once.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        foreach (var deed in deeds)
            await ExecuteAsync($"""
                select tenancy.note({deed.Action}, {deed.Subject}, {JsonSerializer.Serialize(deed.Key, Json)}::jsonb, null, {(deed.Details is null ? null : JsonSerializer.Serialize(deed.Details, Json))}::jsonb)
                """, cancellationToken);
        deeds.Clear();
        await transaction.CommitAsync(cancellationToken);
        foreach (var job in jobs) await bell.RingAsync(Tenant, job);
        jobs.Clear();
    }

    /// <summary>Ends the transaction; what was not committed is undone.</summary>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private NpgsqlCommand CommandOf(Sql sql)
    {
        var command = sql.CommandOn(connection, transaction);
        // Long work that only looks keeps nobody waiting: a sort of a month's calls may take longer than an answer may.
        if (isReading) command.CommandTimeout = 0;
        return command;
    }

    private static string KindOf(Actor actor) => actor.Kind switch
    {
        ActorKind.Staff => "staff",
        ActorKind.Customer => "customer",
        ActorKind.ApiKey => "api-key",
        ActorKind.Support => "support",
        _ => "system",
    };
}
