using Npgsql;

namespace Billing.Tenancy.Data;

/// <summary>The row a query stands on; columns by position, in the order of the select list.</summary>
public readonly struct Row(NpgsqlDataReader reader)
{
    /// <summary>A column that is never null.</summary>
    public T Get<T>(int column) => reader.GetFieldValue<T>(column);

    /// <summary>A column that may be null.</summary>
    public T? Maybe<T>(int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);

    /// <summary>True when the column is null.</summary>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>A text column that is never null.</summary>
    public string Text(int column) => reader.GetString(column);

    /// <summary>A text column that may be null.</summary>
    public string? MaybeText(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A bigint.</summary>
    public long Long(int column) => reader.GetInt64(column);

    /// <summary>An integer.</summary>
    public int Int(int column) => reader.GetInt32(column);

    /// <summary>A numeric.</summary>
    public decimal Decimal(int column) => reader.GetDecimal(column);

    /// <summary>A boolean.</summary>
    public bool Bool(int column) => reader.GetBoolean(column);

    /// <summary>A date.</summary>
    public DateOnly Date(int column) => reader.GetFieldValue<DateOnly>(column);

    /// <summary>A timestamp with time zone, as the UTC instant it is.</summary>
    public DateTimeOffset Instant(int column) => new(reader.GetDateTime(column), TimeSpan.Zero);
}
