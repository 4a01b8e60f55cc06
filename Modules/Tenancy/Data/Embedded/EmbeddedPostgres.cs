using Npgsql;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>
/// A private PostgreSQL server under the data folder, for installations without one of their own. It listens on a local socket only,
/// never runs as root, and always runs with durable settings. While this object lives the server is watched and started again should
/// it die; when the host dies the server follows it, and the next start recovers by itself.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    readonly EmbeddedPostgresOptions _options;
    readonly DataFolder _folder;
    readonly DataFolderLock _lock;
    readonly ServerUser _user;
    readonly ServerBinaries _binaries;
    readonly string _socketFolder;
    readonly CancellationTokenSource _stopping = new();
    Server _server;
    Task _watch = Task.CompletedTask;
    bool _isDown;
    int _disposed;

    EmbeddedPostgres(
        EmbeddedPostgresOptions options, DataFolder folder, DataFolderLock folderLock, ServerUser user, ServerBinaries binaries,
        string socketFolder, Server server, string connectionString)
    {
        _options = options;
        _folder = folder;
        _lock = folderLock;
        _user = user;
        _binaries = binaries;
        _socketFolder = socketFolder;
        _server = server;
        OwnerConnectionString = connectionString;
    }

    /// <summary>
    /// Connects to the database <c>billing</c> as <c>billing_owner</c>, which owns it, may create roles, and is no superuser.
    /// Contains the password: not for logs. Stays the same while this object lives.
    /// </summary>
    public string OwnerConnectionString { get; }

    /// <summary>
    /// Raised from another thread after the server died and has been started again. Pooled connections made before are dead: clear
    /// the pools. Handlers must not throw.
    /// </summary>
    public event Action? Restarted;

    /// <summary>Process number of the server that runs now; for diagnostics.</summary>
    public int ProcessId => _server.ProcessId;

    /// <summary>
    /// Takes the data folder, makes the database if there is none, and starts its server. Returns when it takes connections.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">The folder or the server cannot be used; its code says why.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsLinux())
        {
            throw new EmbeddedPostgresException("database.platform",
                "The embedded database runs on Linux only. Point ConnectionStrings__Billing at a PostgreSQL 15 server or newer.");
        }

        var folder = DataFolder.Open(options.DataFolder);
        var folderLock = DataFolderLock.Take(folder);
        try
        {
            return await StartAsync(options, folder, folderLock, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            folderLock.Dispose();
            throw DataFolder.NotUsable(folder.Root, failure);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, DataFolder folder, DataFolderLock folderLock, CancellationToken cancellationToken)
    {
        var user = ServerUser.For(folder.Cluster);
        var major = folder.ClusterMajor;
        var binaries = ServerBinaries.Find(major, folder.Cluster);
        folder.Claim(options.DataVersion);

        var setup = new ClusterSetup(folder, user, binaries, options.IsThrowAway);
        if (major is null)
        {
            options.Say($"Creating a database in {folder.Cluster} (PostgreSQL {binaries.Major}).");
            await setup.CreateAsync(cancellationToken);
        }
        await ServerProcesses.ClearAsync(folder.Cluster, options.Say, cancellationToken);
        var secret = OwnerSecret.Read(folder) ?? await setup.RenewSecretAsync(cancellationToken);

        var socketFolder = SocketFolder.PathFor(folder, user);
        var server = await StartServerAsync(options, folder, user, binaries, cancellationToken);
        try
        {
            if (!await IsWelcomeAsync(socketFolder, secret, cancellationToken))
            {
                // The secret is of another time than the cluster, as after restoring one of the two from a backup.
                await server.DisposeAsync();
                secret = await setup.RenewSecretAsync(cancellationToken);
                server = await StartServerAsync(options, folder, user, binaries, cancellationToken);
            }
            var postgres = new EmbeddedPostgres(
                options, folder, folderLock, user, binaries, socketFolder, server, ConnectionString(socketFolder, secret));
            postgres._watch = Task.Run(postgres.WatchAsync, CancellationToken.None);
            return postgres;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server in order and gives the data folder back. Takes as long as a checkpoint, and at most some 80 seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync();
        try
        {
            await _watch;
        }
        finally
        {
            if (!_isDown) await _server.DisposeAsync();
            if (Directory.Exists(_socketFolder)) Directory.Delete(_socketFolder, recursive: true);
            _lock.Dispose();
            _stopping.Dispose();
        }
    }

    static async Task<Server> StartServerAsync(
        EmbeddedPostgresOptions options, DataFolder folder, ServerUser user, ServerBinaries binaries, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await ServerProcesses.ClearAsync(folder.Cluster, options.Say, cancellationToken);
            WriteSettings(folder, user, SocketFolder.Prepare(folder, user));
            try
            {
                return await Server.StartAsync(folder.Cluster, user, binaries, options.IsThrowAway, options.Say, cancellationToken);
            }
            catch (EmbeddedPostgresException) when (attempt < 3 && ServerProcesses.In(folder.Cluster).Count > 0)
            {
                // A host killed in the moment it started its server: that server came up between our look and our start.
            }
        }

        static void WriteSettings(DataFolder folder, ServerUser user, string socketFolder)
        {
            Write("postgresql.conf", ServerSettings.ForThisMachine(socketFolder));
            Write("pg_hba.conf", ServerSettings.Access);

            void Write(string name, string text) =>
                DurableFile.Write(Path.Combine(folder.Cluster, name), System.Text.Encoding.UTF8.GetBytes(text), user);
        }
    }

    static async Task<bool> IsWelcomeAsync(string socketFolder, OwnerSecret secret, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString(socketFolder, secret)};Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            return false;
        }
    }

    static string ConnectionString(string socketFolder, OwnerSecret secret) => new NpgsqlConnectionStringBuilder
    {
        Host = socketFolder,
        Database = ClusterSetup.Database,
        Username = secret.Role,
        Password = secret.Password,
    }.ConnectionString;

    async Task WatchAsync()
    {
        var stopping = _stopping.Token;
        try
        {
            while (true)
            {
                await _server.Ended.WaitAsync(stopping);
                _options.Say($"The database server stopped unexpectedly ({_server.Ending}); starting it again.");
                _isDown = true;
                _server.Forget();
                await StartAgainAsync(stopping);
                _options.Say("The database server runs again.");
                Restarted?.Invoke();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host is closing the database.
        }
    }

    /// <summary>Tries for as long as the host lives: what stopped the server (a full disk, say) may be put right meanwhile.</summary>
    async Task StartAgainAsync(CancellationToken stopping)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = Shorter(pause * 2, TimeSpan.FromSeconds(30)))
        {
            try
            {
                _server = await StartServerAsync(_options, _folder, _user, _binaries, stopping);
                _isDown = false;
                return;
            }
            catch (Exception failure) when (failure is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
            {
                _options.Say($"{failure.Message} Trying again in {pause.TotalSeconds:0} s.");
            }
            await Task.Delay(pause, stopping);
        }

        static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
    }
}
