using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>Where files are read.</summary>
internal static class ReadingThread
{
    /// <summary>
    /// Reads a file to its end on a thread of its own. A format reads without pause for as long as its file lasts; on a thread of the pool it would keep pages waiting, of which a small
    /// machine's pool has two.
    /// </summary>
    /// <param name="format">How.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="file">What is known of it.</param>
    /// <param name="sink">Takes what is read, on that thread.</param>
    /// <param name="cancellationToken">Looked at before the thread starts.</param>
    public static Task ReadAsync(ICdrFormat format, Stream content, CdrFile file, ICdrSink sink, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => format.Read(content, file, sink), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
