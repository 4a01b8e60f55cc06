using System.Diagnostics;
using Billing.Delivery.Rendering;

namespace Billing.Delivery.Tests.Rendering;

/// <summary>Browsers that die, hang or are not there.</summary>
public sealed class RecoveryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_browser_killed_while_it_waits_is_replaced(bool bubblewrap)
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1, UsesBubblewrap = bubblewrap });
        await printer.CheckAsync(CancellationToken.None);
        var processes = Browsers(printer);
        Signal("KILL", processes);
        Tool.TextOf(await PrintAsync(printer, "after the kill")).ShouldContain("after the kill");
        Browsers(printer).ShouldAllBe(process => !processes.Contains(process));
    }

    [Fact]
    public async Task Documents_come_out_whole_while_browsers_are_killed_in_the_middle_of_their_work()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 2 });
        var calm = await printer.PdfAsync(Some.Invoice(1, 120));
        for (var round = 0; round < 5; round++)
        {
            var prints = Enumerable.Range(0, 8)
                .Select(_ => Task.Run(() => printer.PdfAsync(Some.Invoice(1, 120))))
                .ToArray();
            await Task.WhenAny(prints);
            // One a round: a document whose two browsers are both killed is allowed to fail.
            Signal("KILL", ProcessTree.From(Environment.ProcessId).Where(IsBrowser).TakeLast(1));
            foreach (var pdf in await Task.WhenAll(prints)) pdf.ShouldBe(calm);
        }
    }

    [Fact]
    public async Task A_page_that_crashes_alone_is_noticed()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1 });
        var printing = printer.PdfAsync(Some.Invoice(1, 5_000));
        int renderer;
        while ((renderer = ProcessTree.From(Environment.ProcessId).LastOrDefault(IsRenderer)) == 0) await Task.Delay(10);
        Signal("KILL", [renderer]);
        Tool.TextOf(await printing).ShouldContain("Thank you.");
    }

    [Fact]
    public async Task A_browser_that_hangs_is_killed_and_the_document_printed_by_another()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1, TimeLimit = TimeSpan.FromSeconds(15) });
        await printer.CheckAsync(CancellationToken.None);
        var processes = Browsers(printer);
        Signal("STOP", processes);
        Tool.TextOf(await PrintAsync(printer, "after the stop")).ShouldContain("after the stop");
        processes.ShouldAllBe(process => !ProcessTree.IsAlive(process));
    }

    [Fact]
    public async Task A_document_that_takes_too_long_twice_fails_with_a_reason_and_the_next_one_is_printed()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1, TimeLimit = TimeSpan.FromSeconds(3) });
        var failure = await Should.ThrowAsync<PdfException>(printer.PrintAsync(Some.Invoice(1, 80_000), Some.Options, CancellationToken.None));
        failure.Code.ShouldBe("delivery.pdf-failed");
        failure.Message.ShouldContain("longer than");
        failure.Message.ShouldContain("2 attempts");
        Tool.TextOf(await PrintAsync(printer, "a short one")).ShouldContain("a short one");
    }

    [Fact]
    public async Task A_print_that_is_cancelled_stops_at_once_and_leaves_the_printer_usable()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1 });
        await printer.CheckAsync(CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var printing = printer.PrintAsync(Some.Invoice(1, 30_000), Some.Options, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(printing);
        Tool.TextOf(await PrintAsync(printer, "the next one")).ShouldContain("the next one");
    }

    [Fact]
    public async Task A_browser_is_replaced_after_its_share_of_prints()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1, PrintsPerBrowser = 2 });
        await PrintAsync(printer, "one");
        var first = Browsers(printer);
        await PrintAsync(printer, "two");
        printer.IdleProcesses.ShouldBeEmpty();
        await PrintAsync(printer, "three");
        first.ShouldAllBe(process => !ProcessTree.IsAlive(process));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_printer_that_is_closed_leaves_no_process_and_no_folder(bool bubblewrap)
    {
        var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 2, UsesBubblewrap = bubblewrap });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PrintAsync(printer, "text")));
        var processes = Browsers(printer);
        var folders = processes.Select(Profile).OfType<string>().ToList();
        processes.ShouldNotBeEmpty();
        await printer.DisposeAsync();
        processes.ShouldAllBe(process => !ProcessTree.IsAlive(process));
        folders.ShouldAllBe(folder => !Directory.Exists(folder));
        await Should.ThrowAsync<ObjectDisposedException>(PrintAsync(printer, "too late"));
    }

    [Fact]
    public async Task Closing_the_printer_cancels_the_print_under_way()
    {
        var printer = new PdfPrinter(new PdfPrinterSettings { Browsers = 1 });
        await printer.CheckAsync(CancellationToken.None);
        var processes = Browsers(printer);
        var printing = printer.PrintAsync(Some.Invoice(1, 30_000), Some.Options, CancellationToken.None);
        await printer.DisposeAsync();
        await Should.ThrowAsync<OperationCanceledException>(printing);
        processes.ShouldAllBe(process => !ProcessTree.IsAlive(process));
    }

    [Fact]
    public async Task A_browser_that_is_not_there_says_what_to_install()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { BrowserPath = "/nowhere/chromium" });
        var failure = await Should.ThrowAsync<PdfException>(printer.PrintAsync("text", Some.Options, CancellationToken.None));
        failure.Code.ShouldBe("delivery.pdf-browser-missing");
        failure.Message.ShouldContain("/nowhere/chromium");
        failure.Message.ShouldContain("chromium-headless-shell");
    }

    [Fact]
    public async Task A_program_that_is_no_browser_fails_with_what_it_said()
    {
        await using var printer = new PdfPrinter(new PdfPrinterSettings { BrowserPath = "/usr/bin/false" });
        var failure = await Should.ThrowAsync<PdfException>(printer.PrintAsync("text", Some.Options, CancellationToken.None));
        failure.Code.ShouldBe("delivery.pdf-failed");
        failure.Message.ShouldContain("/usr/bin/false does not start");
    }

    static Task<byte[]> PrintAsync(PdfPrinter printer, string text) =>
        printer.PdfAsync(Some.Page(text));

    static List<int> Browsers(PdfPrinter printer) => [.. printer.IdleProcesses.SelectMany(ProcessTree.From)];

    static bool IsBrowser(int process) => CommandLine(process) is var line && line.Contains("chromium", StringComparison.Ordinal)
        && line.Contains("--remote-debugging-pipe", StringComparison.Ordinal) && !line.Contains("--type=", StringComparison.Ordinal);

    static bool IsRenderer(int process) => CommandLine(process).Contains("--type=renderer", StringComparison.Ordinal);

    static string? Profile(int process) => CommandLine(process).Split('\0')
        .FirstOrDefault(word => word.StartsWith("--user-data-dir=/tmp/billing-chromium-", StringComparison.Ordinal)) is { } word
        ? Path.GetDirectoryName(word["--user-data-dir=".Length..]) : null;

    static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    static void Signal(string name, IEnumerable<int> processes)
    {
        foreach (var process in processes)
        {
            using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
            kill.WaitForExit();
        }
    }
}
