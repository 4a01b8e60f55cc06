using System.Runtime.InteropServices;
using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>Where files are read: on threads of their own that give way. A format reads without pause for as long as its file lasts, and somebody may be waiting for a page meanwhile.</summary>
internal static class ReadingThread
{
    private const int ThisThread = 0;           // with PRIO_PROCESS, Linux takes 0 for the thread that asks
    private const int Process = 0;              // PRIO_PROCESS
    private const int GivesWay = 10;            // of the pages' 0 to the idlest's 19: a tenth of their share while both want the processor, all of it while nobody else does

    /// <summary>Reads a file to its end.</summary>
    /// <param name="format">How.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="file">What is known of it.</param>
    /// <param name="sink">Takes what is read, on that thread.</param>
    /// <param name="cancellationToken">Looked at before the thread starts.</param>
    public static Task ReadAsync(ICdrFormat format, Stream content, CdrFile file, ICdrSink sink, CancellationToken cancellationToken) =>
        // Not one of the pool's: of those a small machine has two, and pages are made on them. It ends with the file, so nobody gets it with the priority that it has now.
        Task.Factory.StartNew(() =>
        {
            if (OperatingSystem.IsLinux()) _ = setpriority(Process, ThisThread, GivesWay);
            format.Read(content, file, sink);
        }, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

#pragma warning disable SYSLIB1054 // What the generator would write needs unsafe code.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setpriority(int which, int who, int priority);
#pragma warning restore SYSLIB1054
}
