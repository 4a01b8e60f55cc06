using System.Diagnostics;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>One running postmaster and the guard that ends it if the host is killed.</summary>
sealed class Server : IAsyncDisposable
{
    readonly string _cluster;
    readonly Process _postmaster;
    readonly Process _guard;

    Server(string cluster, Process postmaster, Process guard)
    {
        _cluster = cluster;
        _postmaster = postmaster;
        _guard = guard;
        ProcessId = postmaster.Id;
    }

    public Task Ended => _postmaster.WaitForExitAsync();

    public int ProcessId { get; }

    /// <summary>How the server ended, in words; only after <see cref="Ended"/>.</summary>
    public string Ending => _postmaster.ExitCode > 128 ? $"signal {_postmaster.ExitCode - 128}" : $"exit code {_postmaster.ExitCode}";

    /// <summary>
    /// Starts the server and waits until it takes connections. Recovery after an unclean stop may take minutes and is waited for;
    /// only the server's own end is a failure.
    /// </summary>
    public static async Task<Server> StartAsync(
        string cluster, ServerUser user, ServerBinaries binaries, bool isThrowAway, Action<string> say, CancellationToken cancellationToken)
    {
        var postmaster = Process.Start(
            user.Command(cluster, binaries.Postgres, ["-D", ServerUser.FolderAlias, .. ServerSettings.Durability(isThrowAway)]))!;
        postmaster.StandardInput.Close();
        // Until its log file is open the server complains here.
        var complaints = Task.WhenAll(
            postmaster.StandardError.ReadToEndAsync(CancellationToken.None), postmaster.StandardOutput.ReadToEndAsync(CancellationToken.None));
        var server = new Server(cluster, postmaster, StartGuard(cluster, user, postmaster.Id));

        try
        {
            for (var waited = Stopwatch.StartNew(); !ServerProcesses.IsReady(cluster, postmaster.Id);)
            {
                if (postmaster.HasExited)
                {
                    var words = string.Concat(await complaints);
                    if (!words.Contains("FATAL", StringComparison.Ordinal)) words += ServerLog.Tail(cluster);
                    throw new EmbeddedPostgresException("database.start",
                        $"The database server in {cluster} (run as {user.Name}) did not start, {server.Ending}: " +
                        $"{ServerLog.Sentence(words, cluster)} Its log is in {Path.Combine(cluster, "log")}.");
                }
                if (waited.Elapsed > TimeSpan.FromSeconds(5))
                {
                    say("The database is recovering from an unclean stop; this can take some minutes.");
                    waited.Reset();
                }
                await Task.Delay(20, cancellationToken);
            }
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops in order, and harder when that takes too long; a fast shutdown rolls back what is open and writes a checkpoint.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (signal, seconds) in ((int, int)[])[(Linux.SignalInterrupt, 60), (Linux.SignalQuit, 10), (Linux.SignalKill, 10)])
        {
            if (_postmaster.HasExited) break;
            Linux.Signal(_postmaster.Id, signal);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            try
            {
                await _postmaster.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // The next signal is stronger.
            }
        }
        await ServerProcesses.AreGoneAsync(_cluster, TimeSpan.FromSeconds(10), CancellationToken.None);
        Forget();
    }

    /// <summary>
    /// Lets go of a server that has ended. Its guard must not outlive it: the number that it would signal may then belong to another
    /// process.
    /// </summary>
    public void Forget()
    {
        if (!_guard.HasExited)
        {
            Linux.Signal(-_guard.Id, Linux.SignalKill);
            Linux.Signal(_guard.Id, Linux.SignalKill);      // In its first milliseconds it leads no group yet.
        }
        _postmaster.Dispose();
        _guard.Dispose();
    }

    // Its stdin ends when the host does, however that happens.
    static Process StartGuard(string cluster, ServerUser user, int postmaster)
    {
        var command = user.Command(cluster, "/bin/sh", "-c", "read -r _; kill -INT \"$0\"", $"{postmaster}");
        return Process.Start(command)!;
    }
}
