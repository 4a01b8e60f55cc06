using System.Text.Json;

namespace Billing.Tenancy.Data;

/// <summary>How the database is, for whoever looks after it.</summary>
/// <param name="Server">Version of PostgreSQL.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Connections">Open now.</param>
/// <param name="ConnectionsMax">The server's limit.</param>
/// <param name="Migrations">Schema steps, in the order they were applied.</param>
/// <param name="Tables">The biggest, with their indexes; rows as last estimated.</param>
public sealed record DatabaseReport(
    string Server, long Size, int Connections, int ConnectionsMax, IReadOnlyList<(string Name, DateTimeOffset AppliedAt)> Migrations, IReadOnlyList<(string Name, long Size, long Rows)> Tables)
{
    /// <summary>Asks the server, by a function that shows names and sizes only.</summary>
    public static async Task<DatabaseReport> ReadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var document = JsonDocument.Parse(await db.ScalarAsync<string>($"select tenancy.database_report()::text", cancellationToken));
        var root = document.RootElement;
        return new(root.GetProperty("server").GetString()!, root.GetProperty("size").GetInt64(), root.GetProperty("connections").GetInt32(), root.GetProperty("connectionsMax").GetInt32(),
            [.. root.GetProperty("migrations").EnumerateArray().Select(m => (m.GetProperty("name").GetString()!, m.GetProperty("appliedAt").GetDateTimeOffset()))],
            [.. root.GetProperty("tables").EnumerateArray().Select(t => (t.GetProperty("name").GetString()!, t.GetProperty("size").GetInt64(), t.GetProperty("rows").GetInt64()))]);
    }
}
