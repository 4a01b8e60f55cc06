using System.Diagnostics;
using System.Globalization;
using Billing.Tenancy.Data.Embedded;
using Npgsql;

namespace Billing.Testing;

/// <summary>A cluster in the temporary folder that ends with its process, and is cleaned up by a later one if that was killed.</summary>
sealed class ThrowAwayServer
{
    const string Prefix = "billing-tests-";

    readonly EmbeddedPostgres _postgres;
    // Kept so that its stdin stays open for as long as this process lives.
    readonly Process _cleaner;

    ThrowAwayServer(EmbeddedPostgres postgres, Process cleaner)
    {
        _postgres = postgres;
        _cleaner = cleaner;
    }

    public static async Task<ThrowAwayServer> StartAsync()
    {
        RemoveLeftovers();
        var folder = Path.Combine(Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"));
        var options = new EmbeddedPostgresOptions { DataFolder = folder, DataVersion = 1, IsThrowAway = true };
        var postgres = await EmbeddedPostgres.StartAsync(options, CancellationToken.None);
        return new ThrowAwayServer(postgres, StartCleaner(folder, new NpgsqlConnectionStringBuilder(postgres.OwnerConnectionString).Host!));
    }

    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder(_postgres.OwnerConnectionString) { Database = database }.ConnectionString;

    public async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_postgres.OwnerConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Deletes the folders when this process ends, in order or killed: its stdin ends then. A test host is not given the time to do
    /// so itself. The server is ended by its own guard in the same moment.
    /// </summary>
    static Process StartCleaner(string folder, string socketFolder)
    {
        const string Script = """
            read -r _
            for second in 1 2 3 4 5 6 7 8 9 10; do
                [ -e "$1/postgres/postmaster.pid" ] || break
                sleep 1
            done
            rm -rf "$1" "$2"
            """;
        return Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script, "billing", folder, socketFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    static void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            var process = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            if (Directory.Exists($"/proc/{process}")) continue;
            try
            {
                var folder = DataFolder.Open(path);
                using (DataFolderLock.Take(folder))
                {
                    ServerProcesses.SignalAll(folder.Cluster, Linux.SignalKill);
                    var socket = SocketFolder.PathFor(folder, ServerUser.For(folder.Cluster));
                    if (Directory.Exists(socket)) Directory.Delete(socket, recursive: true);
                }
                Directory.Delete(path, recursive: true);
            }
            catch (Exception failure) when (failure is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
            {
                // Another user's, or another process is cleaning it just now.
            }
        }
    }
}
