using System.Collections.Concurrent;
using Billing.Abstractions.Values;

namespace Billing.Delivery.Rendering;

/// <summary>Prints HTML to PDF with headless Chromium. One for the whole host; safe to call from many threads at once.</summary>
/// <remarks>
/// <para>The same HTML and options give the same bytes with the same browser version, however often they are printed.</para>
/// <para>A document can run no script, and reach no network and no file: only what is inside it is printed.</para>
/// <para>Each browser prints one document at a time, so a document that hangs or crashes its browser takes no other with it: that browser
/// is killed and the document tried once more in a new one.</para>
/// <para>Failures: <c>delivery.pdf-browser-missing</c> no browser is installed, and the message says what to install;
/// <c>delivery.pdf-failed</c> the browser did not start, or it hung, crashed or answered nonsense in both attempts;
/// <c>delivery.pdf-refused</c> the document asks for something that a printed document may not do, and would be refused again.</para>
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

    /// <summary>In words, how far the browser is locked in on this machine; null until the first print or check.</summary>
    public string? Confinement { get; private set; }

    /// <summary>The processes of the browsers that are waiting for work, for tests that end them.</summary>
    internal IEnumerable<int> IdleProcesses => idle.Select(browser => browser.ProcessId);

    /// <summary>Checks that a browser is installed and starts here, without printing anything.</summary>
    /// <returns>How far the browser is locked in, in words; or what to install, or what the browser said.</returns>
    public Task<Result<string>> CheckAsync(CancellationToken cancellationToken) =>
        UseAsync((browser, _) => Task.FromResult(browser.Cage.ToString()), cancellationToken);

    /// <summary>Prints one document.</summary>
    /// <returns>The PDF, complete and readable.</returns>
    /// <exception cref="PdfException">The document could not be printed; see the class for the codes.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the printer was closed meanwhile. The print is stopped at once.</exception>
    public async Task<byte[]> PrintAsync(string html, PdfOptions options, CancellationToken cancellationToken) =>
        (await PrintAloneAsync(html, options, cancellationToken)).TryGet(out var pdf, out var failure)
            ? pdf : throw new PdfException(failure.Code, failure.Message);

    /// <summary>Prints many documents of ONE tenant, faster than one by one: those whose template allows it share a print.</summary>
    /// <remarks>
    /// <para>A template allows it with <c>&lt;meta name="billing-print" content="joinable"&gt;</c> in its head; docs/printing.md says what it must
    /// then avoid. Tagged documents are always printed alone.</para>
    /// <para>The same list gives the same bytes. A document in another list, or alone, looks the same but may differ in its bytes, because
    /// documents of one print share their fonts: store what comes back, never print again to compare.</para>
    /// <para>One tenant, because a file may hold the shape of a letter (never a text) that only another document of the list used.</para>
    /// </remarks>
    /// <returns>An answer for each document, in the order given. A document that fails does not stop the others.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, or the printer was closed meanwhile.</exception>
    public Task<IReadOnlyList<Result<byte[]>>> PrintManyAsync(IReadOnlyList<PdfSource> documents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return new PdfBatch(this, documents, settings.DocumentsPerPrint).PrintAsync(cancellationToken);
    }

    /// <summary>Prints one document, with its failure as a value.</summary>
    internal Task<Result<byte[]>> PrintAloneAsync(string html, PdfOptions options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(html);
        ArgumentNullException.ThrowIfNull(options);
        return UseAsync(async (browser, token) =>
        {
            var pdf = await browser.PrintAsync(html, options, token);
            PdfNormalForm.Apply(pdf, options.DatedAt);
            return pdf;
        }, cancellationToken);
    }

    /// <summary>Prints joined documents as one, and does not yet say when: the parts get their dates when they are cut apart.</summary>
    internal Task<Result<byte[]>> PrintJoinedAsync(string html, PdfOptions options, CancellationToken cancellationToken) =>
        UseAsync((browser, token) => browser.PrintAsync(html, options, token), cancellationToken);

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

    async Task<Result<T>> UseAsync<T>(Func<PrintingBrowser, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
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
                    if (problem is PdfException { Code: not PdfException.Failed } refused) return refused.Failure;
                    if (attempt == AttemptsMax) return Reason(problem, browser);
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

    Failure Reason(Exception problem, PrintingBrowser? browser)
    {
        if (problem is PdfException known) return known.Failure;
        var what = problem is TimeoutException
            ? $"it took longer than {settings.TimeLimit.TotalSeconds:0.#} seconds"
            : problem.Message.TrimEnd('.');
        var words = browser?.LastWords is { Length: > 0 } said ? $" The browser's last words: {said}" : "";
        return new Failure(PdfException.Failed,
            $"The document could not be printed in {AttemptsMax} attempts, each in a browser of its own; in the last one: {what}.{words}");
    }
}
