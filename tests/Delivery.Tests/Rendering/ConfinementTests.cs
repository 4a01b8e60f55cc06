using System.Net;
using System.Net.Sockets;
using Billing.Delivery.Rendering;

namespace Billing.Delivery.Tests.Rendering;

/// <summary>What a hostile template cannot do, with bubblewrap round the browser and without it.</summary>
public sealed class ConfinementTests : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    int connections;

    string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public ConfinementTests()
    {
        listener.Start();
        _ = CountAsync();
    }

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
        closing.Dispose();
    }

    [Theory]
    [InlineData(true, "<img src='http://HOST/a.png'>")]
    [InlineData(false, "<img src='http://HOST/a.png' srcset='http://HOST/b.png 2x'>")]
    [InlineData(false, "<style>@import url(http://HOST/a.css); body { background: url(http://HOST/b.png) }</style>")]
    [InlineData(false, "<style>@font-face { font-family: F; src: url(http://HOST/f.woff2) } p { font-family: F }</style><p>font</p>")]
    [InlineData(false, "<link rel=stylesheet href='http://HOST/a.css'><link rel=prefetch href='http://HOST/b'><link rel=preload as=image href='http://HOST/c'>")]
    [InlineData(false, "<link rel=preconnect href='http://HOST/'><link rel=dns-prefetch href='http://HOST/'><link rel=prerender href='http://HOST/'>")]
    [InlineData(false, "<link rel=icon href='http://HOST/i'><link rel=manifest href='http://HOST/m'><link rel=modulepreload href='http://HOST/j'>")]
    [InlineData(true, "<iframe src='http://HOST/a'></iframe><object data='http://HOST/b'></object><embed src='http://HOST/c'>")]
    [InlineData(false, "<iframe src='http://HOST/a'></iframe><object data='http://HOST/b'></object><embed src='http://HOST/c'>")]
    [InlineData(false, "<iframe srcdoc=\"<img src='http://HOST/a'>\"></iframe><iframe sandbox='allow-scripts' srcdoc=\"<img src='http://HOST/b'>\"></iframe>")]
    [InlineData(false, "<iframe src=\"data:text/html,<img src='http://HOST/a'>\"></iframe>")]
    [InlineData(false, "<svg><image href='http://HOST/a.svg'/><use href='http://HOST/b.svg#c'/></svg><video src='http://HOST/v' poster='http://HOST/p'></video>")]
    [InlineData(false, "<base href='http://HOST/'><img src='a.png'><audio src='b.mp3' preload=auto></audio>")]
    public async Task Nothing_is_fetched_from_the_network(bool bubblewrap, string body)
    {
        var text = await TextAsync(bubblewrap, "<p>Still printed</p>" + body);
        text.ShouldContain("Still printed");
        connections.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_read_from_the_hosts_files(bool bubblewrap)
    {
        // Readable by everybody, and of a kind that a browser would show.
        var secret = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");
        try
        {
            await File.WriteAllTextAsync(secret, "the secret");
            var text = await TextAsync(bubblewrap, $"""
                <p>Still printed</p><img src="file:///etc/passwd"><iframe src="file:///etc/hostname"></iframe><iframe src="file:///etc/passwd"></iframe>
                <object data="file://{secret}">none</object><embed src="file://{secret}"><iframe src="file://{secret}"></iframe>
                <iframe src="view-source:file://{secret}"></iframe><iframe srcdoc="<iframe src='file://{secret}'></iframe>"></iframe>
                <link rel=stylesheet href="file://{secret}"><iframe src="chrome://version"></iframe>
                """);
            text.ShouldContain("Still printed");
            text.ShouldNotContain("secret");
            text.ShouldNotContain("root:");
            text.ShouldNotContain(Environment.MachineName);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_script_runs(bool bubblewrap)
    {
        var text = await TextAsync(bubblewrap, """
            <p id=p>Still printed</p><script>document.getElementById('p').textContent = 'script ran'</script>
            <img src=x onerror="document.body.append('handler ran')"><body onload="document.body.append('load ran')">
            <svg onload="document.body.append('svg ran')"></svg><iframe src="javascript:'frame ran'"></iframe>
            <iframe srcdoc="<script>document.write('framed ran')</script>"></iframe>
            <iframe sandbox="allow-scripts" srcdoc="<script>document.write('sandboxed ran')</script>"></iframe>
            <iframe src="data:text/html,<script>document.write('data ran')</script>"></iframe>
            <details open ontoggle="document.body.append('toggle ran')"><summary>s</summary></details><noscript>no script</noscript>
            """);
        text.ShouldContain("Still printed");
        text.ShouldContain("no script");
        text.ShouldNotContain(" ran");
    }

    [Theory]
    [InlineData("0;url=http://HOST/")]
    [InlineData("0;url=about:blank")]
    [InlineData("0;url=file:///etc/passwd")]
    [InlineData("5;url=about:blank")]
    public async Task A_document_that_wants_to_go_elsewhere_is_refused_and_the_next_one_is_unharmed(string refresh)
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1, UsesBubblewrap = false });
        var html = Some.Page("text", $"<meta http-equiv=refresh content=\"{refresh}\">").Replace("http://HOST", Address, StringComparison.Ordinal);
        var refused = await Should.ThrowAsync<PdfException>(printer.PrintAsync(html, Some.Options, CancellationToken.None));
        refused.Code.ShouldBe("delivery.pdf-refused");
        refused.Message.ShouldContain("refresh");
        Tool.TextOf(await printer.PdfAsync(Some.Page("the next one"))).ShouldContain("the next one");
        connections.ShouldBe(0);
    }

    [Fact]
    public async Task The_browser_is_not_root_and_does_not_see_the_hosts_environment()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1 });
        (await printer.CheckAsync(CancellationToken.None)).ValueOrThrow();
        var processes = printer.IdleProcesses.SelectMany(ProcessTree.From).ToList();
        processes.ShouldNotBeEmpty();
        if (Environment.IsPrivilegedProcess && printer.Confinement!.Contains("without root", StringComparison.Ordinal))
            foreach (var process in processes)
                File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).ShouldContain("65534");
        foreach (var process in processes)
            File.ReadAllText($"/proc/{process}/environ").ShouldNotContain("DOTNET");
    }

    async Task<string> TextAsync(bool bubblewrap, string body)
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1, UsesBubblewrap = bubblewrap });
        var html = Some.Page(body).Replace("http://HOST", Address, StringComparison.Ordinal);
        return Tool.TextOf(await printer.PdfAsync(html));
    }

    async Task CountAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(closing.Token);
                Interlocked.Increment(ref connections);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
