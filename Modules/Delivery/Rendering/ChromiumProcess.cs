using System.ComponentModel;
using System.Diagnostics;

namespace Billing.Delivery.Rendering;

/// <summary>A running browser: its pipes, its last words, and its end. Nothing of it outlives this object, or the host.</summary>
sealed class ChromiumProcess : IDisposable
{
    const int LastLinesMax = 8;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

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

    /// <summary>Kills the browser. Never throws: it is called when things have gone wrong already.</summary>
    public void Dispose()
    {
        // A killed process is still there for a moment, and the kernel hands its children on: their names are taken down first.
        var family = ProcessFamily.Of(process.Id);
        Try(() => process.Kill(entireProcessTree: true));
        // The end of the pipe ends whatever the kill did not find.
        Try(process.StandardInput.Dispose);
        Try(process.StandardOutput.Dispose);
        process.WaitForExit(Patience);
        watch.Join(Patience);
        process.Dispose();
        family.WaitForEnd(Patience);
        RemoveProfile();

        static void Try(Action step)
        {
            try
            {
                step();
            }
            catch (Exception problem) when (problem is IOException or InvalidOperationException or Win32Exception or AggregateException)
            {
                // The browser ended first, perhaps in the middle of a message.
            }
        }
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
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                Directory.Delete(profile, recursive: true);
                return;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // The last of the browser's processes are still on their way out, and writing. What stays in the end is an unused folder.
                if (!Directory.Exists(profile)) return;
                Thread.Sleep(50);
            }
        }
    }
}
