using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;

namespace Billing.Tenancy.Data;

/// <summary>
/// An SQL statement written as an interpolated string: <c>$"select ... where id = {id}"</c>. The text between the holes is the
/// statement, every hole becomes a parameter, so a value can never become SQL. There is no way in for a bare string with values in it.
/// </summary>
[InterpolatedStringHandler]
public readonly struct Sql
{
    private readonly StringBuilder text;
    private readonly List<object?> values;

    /// <summary>Called by the compiler.</summary>
    public Sql(int literalLength, int formattedCount)
    {
        text = new StringBuilder(literalLength + formattedCount * 3);
        values = new List<object?>(formattedCount);
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => text.Append(value);

    /// <summary>Called by the compiler; null becomes SQL's null.</summary>
    public void AppendFormatted<T>(T value)
    {
        values.Add(value);
        text.Append('$').Append(values.Count);
    }

    internal NpgsqlCommand CommandOn(NpgsqlConnection connection, NpgsqlTransaction? transaction)
    {
        var command = new NpgsqlCommand(text.ToString(), connection, transaction);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
