using Npgsql;
using NpgsqlTypes;

namespace Billing.Tenancy.Data;

/// <summary>Rows on their way into a table by binary COPY. Forgetting <see cref="CompleteAsync"/> stores nothing.</summary>
public sealed class BulkWriter : IAsyncDisposable
{
    private readonly NpgsqlBinaryImporter importer;

    internal BulkWriter(NpgsqlBinaryImporter importer) => this.importer = importer;

    /// <summary>Begins a row; its columns follow in the order of the COPY.</summary>
    public void StartRow() => importer.StartRow();

    /// <summary>A text column.</summary>
    public void Text(string? value)
    {
        if (value is null) importer.WriteNull();
        else importer.Write(value, NpgsqlDbType.Text);
    }

    /// <summary>A bigint column.</summary>
    public void Long(long? value)
    {
        if (value is { } number) importer.Write(number, NpgsqlDbType.Bigint);
        else importer.WriteNull();
    }

    /// <summary>An integer column.</summary>
    public void Int(int? value)
    {
        if (value is { } number) importer.Write(number, NpgsqlDbType.Integer);
        else importer.WriteNull();
    }

    /// <summary>A numeric column.</summary>
    public void Decimal(decimal? value)
    {
        if (value is { } number) importer.Write(number, NpgsqlDbType.Numeric);
        else importer.WriteNull();
    }

    /// <summary>A boolean column.</summary>
    public void Bool(bool value) => importer.Write(value, NpgsqlDbType.Boolean);

    /// <summary>A timestamp with time zone.</summary>
    public void Instant(DateTimeOffset? value)
    {
        if (value is { } instant) importer.Write(instant.UtcDateTime, NpgsqlDbType.TimestampTz);
        else importer.WriteNull();
    }

    /// <summary>A uuid column.</summary>
    public void Uuid(Guid? value)
    {
        if (value is { } uuid) importer.Write(uuid, NpgsqlDbType.Uuid);
        else importer.WriteNull();
    }

    /// <summary>Sends the last row.</summary>
    /// <returns>Rows stored.</returns>
    public async Task<long> CompleteAsync(CancellationToken cancellationToken = default) => (long)await importer.CompleteAsync(cancellationToken);

    /// <summary>Ends the COPY.</summary>
    public ValueTask DisposeAsync() => importer.DisposeAsync();
}
