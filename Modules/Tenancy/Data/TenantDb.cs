using System.Runtime.CompilerServices;
using Npgsql;

namespace Billing.Tenancy.Data;

/// <summary>
/// One transaction on behalf of one tenant. The database itself shows and takes only that tenant's rows (row-level security);
/// nothing written here says "where tenant_id =", except to use an index. Not committed means not done.
/// </summary>
public sealed class TenantDb : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private TenantDb(TenantId tenant, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Tenant = tenant;
        this.connection = connection;
        this.transaction = transaction;
    }

    /// <summary>Whose rows this transaction sees.</summary>
    public TenantId Tenant { get; }

    internal static async Task<TenantDb> BeginAsync(NpgsqlDataSource source, TenantId tenant, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var db = new TenantDb(tenant, connection, transaction);
            // Local to the transaction: a pooled connection can't carry one tenant's name into another's work.
            await db.ExecuteAsync($"select set_config('billing.tenant', {tenant.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}, true)", cancellationToken);
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
        await using var command = sql.CommandOn(connection, transaction);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> QueryAsync<T>(Sql sql, Func<Row, T> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var command = sql.CommandOn(connection, transaction);
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
        await using var command = sql.CommandOn(connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new Row(reader);
        while (await reader.ReadAsync(cancellationToken)) yield return read(row);
    }

    /// <summary>The first row of a query, or <c>default</c> when there is none.</summary>
    public async Task<T?> FindAsync<T>(Sql sql, Func<Row, T> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var command = sql.CommandOn(connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(new Row(reader)) : default;
    }

    /// <summary>The single value of a query that always has one.</summary>
    /// <exception cref="InvalidOperationException">There was no row, or null in it.</exception>
    public async Task<T> ScalarAsync<T>(Sql sql, CancellationToken cancellationToken = default)
    {
        await using var command = sql.CommandOn(connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? reader.GetFieldValue<T>(0)
            : throw new InvalidOperationException("A query that must have a row has none: " + command.CommandText);
    }

    /// <summary>
    /// Opens a binary COPY. Row-level security forbids COPY into a tenant's table, so it goes into a temporary one first and from
    /// there by INSERT, which the policies check.
    /// </summary>
    /// <param name="copyCommand">A constant of ours: <c>copy staging (a, b) from stdin (format binary)</c>.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<BulkWriter> CopyAsync(string copyCommand, CancellationToken cancellationToken = default) =>
        new(await connection.BeginBinaryImportAsync(copyCommand, cancellationToken));

    /// <summary>
    /// Waits until nobody else holds the same lock of this tenant, and keeps it until the transaction ends.
    /// </summary>
    /// <param name="name">What is locked, for example <c>import/gamma</c>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task LockAsync(string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync($"select pg_advisory_xact_lock({Tenant.Value}, hashtext({name}))", cancellationToken);

    /// <summary>Makes everything done here true at once.</summary>
    public Task CommitAsync(CancellationToken cancellationToken = default) => transaction.CommitAsync(cancellationToken);

    /// <summary>Ends the transaction; what was not committed is undone.</summary>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
