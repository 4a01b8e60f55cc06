using System.Text.Json;

namespace Billing.Delivery.Rendering;

/// <summary>One browser with one page in it, kept for many prints. After any failure it is thrown away, never repaired.</summary>
sealed class PrintingBrowser : IDisposable
{
    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    readonly ChromiumProcess process;
    readonly DevToolsPipe pipe;
    string session = "", frame = "";
    bool isLoaded, leaves, isCrashed;

    PrintingBrowser(ChromiumProcess process, ChromiumCage cage)
    {
        this.process = process;
        pipe = process.Pipe;
        pipe.Event = On;
        Cage = cage;
    }

    public ChromiumCage Cage { get; }

    public int Prints { get; private set; }

    public bool HasExited => process.HasExited;

    public int ProcessId => process.Id;

    public string LastWords => process.LastWords;

    /// <summary>Starts the browser in the first of the given cages that works here.</summary>
    public static async Task<PrintingBrowser> StartAsync(
        string program, IReadOnlyList<ChromiumCage> cages, CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        foreach (var cage in cages)
        {
            ChromiumProcess? process = null;
            try
            {
                process = await ChromiumProcess.StartAsync(program, cage);
                var browser = new PrintingBrowser(process, cage);
                await browser.OpenPageAsync(cancellationToken).WaitAsync(StartLimit, cancellationToken);
                return browser;
            }
            catch (Exception problem)
            {
                var words = process?.LastWords is { Length: > 0 } said ? said : problem.Message;
                process?.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                reasons.Add($"{cage}: {words}");
                // Only a browser that gives up by itself does so for its cage. A slow machine is no reason to take locks away.
                if (problem is TimeoutException) break;
            }
        }
        throw new PdfException(PdfException.Failed,
            $"The browser {program} does not start, so no PDF can be printed. What it said: {string.Join("; ", reasons)}");
    }

    public async Task<byte[]> PrintAsync(string html, PdfOptions options, CancellationToken cancellationToken)
    {
        Prints++;
        isLoaded = leaves = false;
        byte[]? pdf = null;
        try
        {
            pdf = await PrintLoadedAsync(html, options, cancellationToken);
        }
        catch (IOException) when (leaves)
        {
            // It left in the middle of the print.
        }
        // Whether such a document is printed before it leaves is chance, and it could leave during the next one's print.
        return pdf is not null && !leaves ? pdf : throw new PdfException(PdfException.Refused,
            "The document asks to go to another page (<meta http-equiv=\"refresh\">), which a printed document cannot. Remove that from the template.");
    }

    async Task<byte[]> PrintLoadedAsync(string html, PdfOptions options, CancellationToken cancellationToken)
    {
        await CallAsync("Page.setDocumentContent", writer =>
        {
            writer.WriteString("frameId", frame);
            writer.WriteString("html", html);
        }, cancellationToken);
        // Images and fonts inside the document are decoded after its text is read; printed earlier they would be missing.
        while (!isLoaded)
        {
            await pipe.ReadAsync(cancellationToken);
            Check();
        }
        var answer = await CallAsync("Page.printToPDF", writer =>
        {
            writer.WriteBoolean("preferCSSPageSize", true);
            writer.WriteBoolean("printBackground", true);
            // A4 in inches, for a document that does not say.
            writer.WriteNumber("paperWidth", 8.27);
            writer.WriteNumber("paperHeight", 11.69);
            writer.WriteBoolean("generateTaggedPDF", options.IsTagged || options.HasOutline);
            writer.WriteBoolean("generateDocumentOutline", options.HasOutline);
        }, cancellationToken);
        if (!answer.TryGetProperty("data", out var data) || !data.TryGetBytesFromBase64(out var pdf))
            throw new IOException("The browser answered the print without a document.");
        return pdf;
    }

    public void Dispose() => process.Dispose();

    async Task OpenPageAsync(CancellationToken cancellationToken)
    {
        var context = Text(await pipe.CallAsync("Target.createBrowserContext", null, null, cancellationToken), "browserContextId");
        var target = Text(await pipe.CallAsync("Target.createTarget", null, writer =>
        {
            writer.WriteString("url", "about:blank");
            writer.WriteString("browserContextId", context);
        }, cancellationToken), "targetId");
        session = Text(await pipe.CallAsync("Target.attachToTarget", null, writer =>
        {
            writer.WriteString("targetId", target);
            writer.WriteBoolean("flatten", true);
        }, cancellationToken), "sessionId");
        await CallAsync("Emulation.setScriptExecutionDisabled", writer => writer.WriteBoolean("value", true), cancellationToken);
        // Every request of the page now waits for On, which refuses it. Addresses with their content inside (data:) make no request.
        await CallAsync("Fetch.enable", null, cancellationToken);
        await CallAsync("Inspector.enable", null, cancellationToken);
        await CallAsync("Page.enable", null, cancellationToken);
        var tree = await CallAsync("Page.getFrameTree", null, cancellationToken);
        frame = Text(tree.GetProperty("frameTree").GetProperty("frame"), "id");
    }

    async Task<JsonElement> CallAsync(string method, Action<Utf8JsonWriter>? parameters, CancellationToken cancellationToken)
    {
        var answer = await pipe.CallAsync(method, session, parameters, cancellationToken);
        Check();
        return answer;
    }

    void On(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "Fetch.requestPaused":
                Refuse(Text(parameters, "requestId"));
                break;
            case "Page.loadEventFired":
                isLoaded = true;
                break;
            case "Page.frameScheduledNavigation" or "Page.frameRequestedNavigation" when Text(parameters, "frameId") == frame:
                leaves = true;
                break;
            case "Inspector.targetCrashed" or "Inspector.detached" or "Target.detachedFromTarget":
                isCrashed = true;
                break;
            default:
                break;
        }
    }

    // "Aborted" and not "blocked": a blocked frame would show, and print, an error page.
    void Refuse(string request) => pipe.Send("Fetch.failRequest", session, writer =>
    {
        writer.WriteString("requestId", request);
        writer.WriteString("errorReason", "Aborted");
    });

    void Check()
    {
        if (isCrashed) throw new IOException("The page crashed.");
    }

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
