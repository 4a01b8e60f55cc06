using System.Collections.Concurrent;

namespace Billing.Delivery.Rendering;

/// <summary>Prints HTML to PDF with headless Chromium. One for the whole host; safe to call from many threads at once.</summary>
/// <remarks>
/// <para>The same HTML and options give the same bytes, however often and in whatever company they are printed one by one.</para>
/// <para>A document can run no script, and reach no network and no file: only what is inside it is printed.</para>
/// <para>Each browser prints one document at a time, so a document that hangs or crashes its browser takes no other with it: that browser
/// is killed and the document tried once more in a new one.</para>
/// </remarks>
public sealed class PdfPrinter : IAsyncDisposable
{
    const int AttemptsMax = 2;

    readonly PdfPrinterSettings settings;
    readonly SemaphoreSlim free;
    readonly ConcurrentBag<PrintingBrowser> idle = [];
    readonly CancellationTokenSource closing = new();
    IReadOnlyList<ChromiumCage>? cages;
    int isClosed;

    /// <summary>Starts nothing yet: a browser is started when there is a document to print.</summary>
    public PdfPrinter(PdfPrinterSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Browsers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.PrintsPerBrowser, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.DocumentsPerPrint, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.TimeLimit, TimeSpan.Zero);
        this.settings = settings;
        free = new SemaphoreSlim(settings.Browsers);
    }

    /// <summary>In words, how far the browser is locked in on this machine; null until the first print.</summary>
    public string? Confinement { get; private set; }

    /// <summary>The processes of the browsers that are waiting for work, for tests that end them.</summary>
    internal IEnumerable<int> IdleProcesses => idle.Select(browser => browser.ProcessId);

    /// <summary>Checks that a browser is installed and starts here, without printing anything.</summary>
    /// <exception cref="PdfException">Says what to install, or what the browser said.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken) =>
        await UseAsync((_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Prints one document.</summary>
    /// <exception cref="PdfException">The document could not be printed, with a stable code and a reason.</exception>
    public async Task<byte[]> PrintAsync(string html, PdfOptions options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(html);
        ArgumentNullException.ThrowIfNull(options);
        return await UseAsync(async (browser, token) =>
        {
            var pdf = await browser.PrintAsync(html, options, token);
            PdfNormalForm.Apply(pdf, options.DatedAt);
            return pdf;
        }, cancellationToken);
    }

    /// <summary>Kills every browser. A print under way is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isClosed, 1) != 0) return;
        await closing.CancelAsync();
        for (var browser = 0; browser < settings.Browsers; browser++) await free.WaitAsync();
        while (idle.TryTake(out var browser)) browser.Dispose();
        closing.Dispose();
        free.Dispose();
    }

    async Task<T> UseAsync<T>(Func<PrintingBrowser, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isClosed != 0, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await free.WaitAsync(either.Token);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                // The second attempt never trusts a browser that has been waiting: it may have died with the first.
                var browser = attempt == 1 ? TakeIdle() : null;
                try
                {
                    browser ??= await StartAsync(either.Token);
                    var result = await work(browser, either.Token).WaitAsync(settings.TimeLimit, either.Token);
                    if (browser.Prints < settings.PrintsPerBrowser) idle.Add(browser);
                    else browser.Dispose();
                    return result;
                }
                catch (Exception problem)
                {
                    browser?.Dispose();
                    // The pipe's own answer to a cancellation may come first, and says less.
                    either.Token.ThrowIfCancellationRequested();
                    if (problem is PdfException { Code: not PdfException.Failed }) throw;
                    if (attempt == AttemptsMax) throw Failure(problem, browser);
                }
            }
        }
        finally
        {
            free.Release();
        }
    }

    PrintingBrowser? TakeIdle()
    {
        while (idle.TryTake(out var browser))
        {
            if (!browser.HasExited) return browser;
            browser.Dispose();
        }
        return null;
    }

    async Task<PrintingBrowser> StartAsync(CancellationToken cancellationToken)
    {
        var program = ChromiumProgram.Find(settings.BrowserPath);
        // Once a way has worked it is the only one: a browser that fails later must not be started again with fewer locks.
        var browser = await PrintingBrowser.StartAsync(program, cages ?? [.. ChromiumCage.From(settings)], cancellationToken);
        cages = [browser.Cage];
        Confinement = browser.Cage.ToString();
        return browser;
    }

    PdfException Failure(Exception problem, PrintingBrowser? browser)
    {
        if (problem is PdfException known) return known;
        var what = problem is TimeoutException
            ? $"it took longer than {settings.TimeLimit.TotalSeconds:0} seconds"
            : problem.Message.TrimEnd('.');
        var words = browser?.LastWords is { Length: > 0 } said ? $" The browser's last words: {said}" : "";
        return new PdfException(PdfException.Failed,
            $"The document could not be printed in {AttemptsMax} attempts, each in a browser of its own; in the last one: {what}.{words}", problem);
    }
}
