using System.Diagnostics;
using System.Text;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>Makes the cluster, with the owner's role and database in it.</summary>
sealed class ClusterSetup(DataFolder folder, ServerUser user, ServerBinaries binaries, bool isThrowAway)
{
    public const string Database = "billing";

    // Has no password and therefore no way in: it exists because a cluster needs a superuser, and works in single-user mode only.
    const string BootstrapRole = "billing_bootstrap";

    /// <summary>
    /// Builds a complete cluster under another name, flushes it, and renames it. Killed anywhere before the rename, the next start
    /// begins again; killed after it, the cluster is whole.
    /// </summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await RemoveUnfinishedAsync(cancellationToken);
        try
        {
            await BuildAsync(cancellationToken);
        }
        catch
        {
            // A full disk should be no fuller for our having tried.
            await RemoveUnfinishedAsync(CancellationToken.None);
            throw;
        }
        Directory.Move(folder.NewCluster, folder.Cluster);
        Linux.FlushFolder(folder.Root);
    }

    /// <summary>Gives the owner's role a new password; the server must not be running.</summary>
    public async Task<OwnerSecret> RenewSecretAsync(CancellationToken cancellationToken)
    {
        var secret = OwnerSecret.Create(folder);
        await RunSqlAsync(folder.Cluster, cancellationToken, $"ALTER ROLE {secret.Role} PASSWORD '{secret.Password}'");
        return secret;
    }

    async Task BuildAsync(CancellationToken cancellationToken)
    {
        var cluster = folder.NewCluster;
        Directory.CreateDirectory(cluster, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        user.Own(cluster);

        // Order by bytes: an index must not depend on the C library's idea of a language, which changes with its version.
        await RunAsync(cluster, binaries.InitDb, input: null, cancellationToken,
            "-D", ServerUser.FolderAlias, "-U", BootstrapRole, "--auth=reject", "--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8",
            "--data-checksums", "--no-sync", "--no-instructions");

        var secret = OwnerSecret.Create(folder);
        var may = isThrowAway ? "CREATEROLE CREATEDB" : "CREATEROLE";
        string[] statements =
        [
            $"CREATE ROLE {secret.Role} LOGIN {may} PASSWORD '{secret.Password}'",
            $"CREATE DATABASE {Database} OWNER {secret.Role}",
            // Tests drop databases while the application's roles are still connected to them.
            .. isThrowAway ? [$"GRANT pg_signal_backend TO {secret.Role}"] : Array.Empty<string>(),
        ];
        await RunSqlAsync(cluster, cancellationToken, statements);

        if (!isThrowAway)
            await RunAsync(cluster, binaries.InitDb, input: null, cancellationToken, "-D", ServerUser.FolderAlias, "--sync-only");
    }

    async Task RemoveUnfinishedAsync(CancellationToken cancellationToken)
    {
        // The programs of a killed host may still be writing there; what they write goes with the folder.
        for (var attempt = 1; Directory.Exists(folder.NewCluster); attempt++)
        {
            ServerProcesses.SignalAll(folder.NewCluster, Linux.SignalKill);
            try
            {
                Directory.Delete(folder.NewCluster, recursive: true);
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    // Each line is one statement in single-user mode. The secret goes in by stdin, where no process list shows it.
    Task RunSqlAsync(string cluster, CancellationToken cancellationToken, params string[] statements) =>
        RunAsync(cluster, binaries.Postgres, string.Join('\n', statements) + "\n", cancellationToken,
            ["--single", "-D", ServerUser.FolderAlias, .. ServerSettings.Durability(isThrowAway),
                "-c", "exit_on_error=true", "-c", "log_min_error_statement=panic", "postgres"]);

    async Task RunAsync(string cluster, string program, string? input, CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Process.Start(user.Command(cluster, program, arguments))!;
        // The command leads a process group of its own, so its children can be reached through it.
        using var stop = cancellationToken.Register(() => Linux.Signal(-process.Id, Linux.SignalKill));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            if (input is not null) await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), CancellationToken.None);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended early; its exit code and its errors say why.
        }
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        _ = await output;
        if (process.ExitCode != 0)
        {
            throw new EmbeddedPostgresException("database.init",
                $"The database in {folder.Root} could not be set up: {Path.GetFileName(program)} (run as {user.Name}) ended with code " +
                $"{process.ExitCode}: {ServerLog.Sentence(await errors, cluster)}");
        }
    }
}
