using Npgsql;

namespace Billing.Testing;

/// <summary>One test's own database; dropped when disposed, whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly ThrowAwayServer _server;

    internal TestDatabase(string name, string ownerConnectionString, ThrowAwayServer server)
    {
        Name = name;
        OwnerConnectionString = ownerConnectionString;
        _server = server;
    }

    /// <summary>The database's name on the server.</summary>
    public string Name { get; }

    /// <summary>Connects as <c>billing_owner</c>, which owns the database, may create roles, and is no superuser.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>The same database for another role.</summary>
    public string ConnectionStringFor(string role, string password) =>
        new NpgsqlConnectionStringBuilder(OwnerConnectionString) { Username = role, Password = password }.ConnectionString;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _server.RunAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
}
