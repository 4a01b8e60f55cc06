using System.Globalization;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>
/// The server processes at work in a cluster folder, whoever started them. PostgreSQL's processes all have the cluster as their
/// working folder, so this finds the children of a killed postmaster too, which no pid file names.
/// </summary>
static class ServerProcesses
{
    public static IReadOnlyList<int> In(string cluster)
    {
        if (Linux.Identify(cluster) is not { } folder) return [];

        var found = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Linux.Identify($"{process}/cwd") is { } place && place.IsSameFileAs(folder)
                && IsServer(process))
            {
                found.Add(id);
            }
        }
        return found;
    }

    /// <summary>The process that the cluster's pid file names; null when there is no file.</summary>
    public static int? Postmaster(string cluster) => ReadPidFile(cluster) is [var id, ..] && int.TryParse(id, out var number) ? number : null;

    /// <summary>Whether the pid file of that postmaster says that connections are welcome.</summary>
    public static bool IsReady(string cluster, int postmaster) =>
        Postmaster(cluster) == postmaster && ReadPidFile(cluster) is { Length: >= 8 } lines && lines[7].StartsWith("ready", StringComparison.Ordinal);

    /// <summary>
    /// Sends away whatever still works in the folder: a server whose host was killed is shut down in order, children of a killed
    /// postmaster get time to notice before they are told. Ends when none is left.
    /// </summary>
    public static async Task ClearAsync(string cluster, Action<string> say, CancellationToken cancellationToken)
    {
        var present = In(cluster);
        if (present.Count > 0)
        {
            var postmaster = Postmaster(cluster) is { } id && present.Contains(id) ? id : (int?)null;
            if (postmaster is { } leftover)
            {
                say($"Stopping a database server left over from an earlier run (process {leftover}).");
                Linux.Signal(leftover, Linux.SignalInterrupt);
                if (!await AreGoneAsync(cluster, TimeSpan.FromSeconds(60), cancellationToken)) Linux.Signal(leftover, Linux.SignalQuit);
            }
            else
            {
                say($"Waiting for {present.Count} processes of a database server that was killed.");
                if (!await AreGoneAsync(cluster, TimeSpan.FromSeconds(5), cancellationToken)) SignalAll(cluster, Linux.SignalTerminate);
            }
            if (!await AreGoneAsync(cluster, TimeSpan.FromSeconds(10), cancellationToken)) SignalAll(cluster, Linux.SignalKill);
            if (!await AreGoneAsync(cluster, TimeSpan.FromSeconds(10), cancellationToken))
            {
                throw new EmbeddedPostgresException("database.stuck",
                    $"Old database processes still work in {cluster} and cannot be ended: {string.Join(", ", In(cluster))}. " +
                    "The disk may be hanging; restart the machine.");
            }
        }

        // With nobody at work here the file is stale. PostgreSQL would trust it if its number had gone to another process since,
        // which in a container, where numbers are small, happens at every other restart.
        File.Delete(Path.Combine(cluster, "postmaster.pid"));
    }

    public static async Task<bool> AreGoneAsync(string cluster, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        while (In(cluster).Count > 0)
        {
            if (Environment.TickCount64 >= deadline) return false;
            await Task.Delay(50, cancellationToken);
        }
        return true;
    }

    public static void SignalAll(string cluster, int signal)
    {
        foreach (var process in In(cluster)) Linux.Signal(process, signal);
    }

    // An operator's shell may stand in the folder too.
    static bool IsServer(string process)
    {
        try
        {
            var program = new FileInfo($"{process}/exe").LinkTarget;
            return program is not null && Path.GetFileName(program.Replace(" (deleted)", "", StringComparison.Ordinal)) == "postgres";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string[]? ReadPidFile(string cluster)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(cluster, "postmaster.pid"));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
