using System.Diagnostics;

namespace Billing.Delivery.Rendering;

/// <summary>A running browser: its pipes, its last words, and its end. Nothing of it outlives this object, or the host.</summary>
sealed class ChromiumProcess : IDisposable
{
    const int LastLinesMax = 8;

    readonly Queue<string> lastLines = new();
    readonly string? profile;
    readonly TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Thread watch;
    Process process = null!;

    ChromiumProcess(string browser, ChromiumCage cage)
    {
        profile = cage.NeedsProfileFolder ? Directory.CreateTempSubdirectory("billing-chromium-").FullName : null;
        var command = cage.CommandLine(browser, profile);
        var start = new ProcessStartInfo(ChromiumProgram.Resolve(command[0]) ?? command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        // The host's environment holds its secrets, such as the connection string; and a zone or a language that differs between machines.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
        start.Environment["HOME"] = ChromiumCage.Home(profile);
        start.Environment["TMPDIR"] = ChromiumCage.Home(profile);
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        // "Die with the parent" means the parent's thread. A pool thread may end while the browser works, so the browser gets a thread
        // that lives as long as it does, and that thread listens to what it says.
        watch = new Thread(() => Watch(start)) { IsBackground = true, Name = "chromium" };
        watch.Start();
    }

    public DevToolsPipe Pipe { get; private set; } = null!;

    public bool HasExited => process.HasExited;

    /// <summary>The process the host started; the browser itself may be below it.</summary>
    public int Id => process.Id;

    public string LastWords
    {
        get
        {
            lock (lastLines) return string.Join(" | ", lastLines);
        }
    }

    public static async Task<ChromiumProcess> StartAsync(string browser, ChromiumCage cage)
    {
        var chromium = new ChromiumProcess(browser, cage);
        try
        {
            chromium.process = await chromium.started.Task;
        }
        catch (Exception)
        {
            chromium.RemoveProfile();
            throw;
        }
        chromium.Pipe = new DevToolsPipe(
            chromium.process.StandardInput.BaseStream, chromium.process.StandardOutput.BaseStream);
        return chromium;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
            {
                // It ended meanwhile; closing the pipes below ends whatever is left.
            }
        }
        process.StandardInput.Dispose();
        process.StandardOutput.Dispose();
        process.WaitForExit(TimeSpan.FromSeconds(5));
        watch.Join(TimeSpan.FromSeconds(5));
        process.Dispose();
        RemoveProfile();
    }

    void Watch(ProcessStartInfo start)
    {
        Process running;
        try
        {
            running = Process.Start(start)!;
        }
        catch (Exception problem)
        {
            started.SetException(problem);
            return;
        }
        started.SetResult(running);
        try
        {
            while (running.StandardError.ReadLine() is { } line)
            {
                // A browser in a cage complains of a desktop that is not there; that would only hide what matters.
                if (line.Contains("dbus", StringComparison.OrdinalIgnoreCase)) continue;
                lock (lastLines)
                {
                    lastLines.Enqueue(line);
                    if (lastLines.Count > LastLinesMax) lastLines.Dequeue();
                }
            }
            running.WaitForExit();
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed while reading: the browser is being stopped.
        }
    }

    void RemoveProfile()
    {
        if (profile is null) return;
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // A last process of the browser may still be writing. What stays is an unused folder in /tmp.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
