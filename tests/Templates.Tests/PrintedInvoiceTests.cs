using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Delivery.Rendering;
using Billing.Invoicing.Documents;

namespace Billing.Templates.Tests;

/// <summary>What comes out of the printer, read back as text: one string a page.</summary>
[Trait("needs", "chromium")]
public sealed class PrintedInvoiceTests(PrinterFixture browser) : IClassFixture<PrinterFixture>
{
    static readonly DateTimeOffset DatedAt = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_bill_of_two_services_fits_two_pages()
    {
        var pages = await PrintAsync(Samples.Invoice("small"));
        pages.Length.ShouldBe(2);
        pages[0].ShouldContain("£159.55");
        pages[0].ShouldContain("Café Société & Sons Ltd");
        pages[0].ShouldContain("Page 1 of 2");
        pages[1].ShouldContain("Invoice HT-2026-000317");
        pages[1].ShouldContain("Account A-10042");
        pages[1].ShouldContain("Page 2 of 2");
    }

    [Theory]
    [InlineData("credit")]
    [InlineData("zero")]
    [InlineData("card")]
    [InlineData("unregistered")]
    public async Task A_bill_of_a_few_lines_fits_one_page(string name) => (await PrintAsync(Samples.Invoice(name))).Length.ShouldBe(1);

    [Fact]
    public async Task Every_page_of_a_draft_says_so()
    {
        var pages = await PrintAsync(Samples.Invoice("draft"));
        pages.ShouldAllBe(page => page.Contains("DRAFT – not a VAT invoice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_itemisation_breaks_well()
    {
        var invoice = Samples.Heavy(1200, 700, 400, 190, 9, 1);
        var pages = await PrintAsync(invoice);
        pages.Length.ShouldBeInRange(38, 48);
        for (var n = 0; n < pages.Length; n++)
        {
            pages[n].ShouldContain(string.Create(CultureInfo.InvariantCulture, $"Page {n + 1} of {pages.Length}"));
            var lines = pages[n].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            // Without the running foot: no page ends in a heading, and a total is never the first thing on a page.
            lines[^2].ShouldNotMatch("^(Your |By |Every |Date and time|Description|Destination|Service|020 7946 0[0-9]{3} - Site [0-9]+$)", $"page {n + 1}");
            lines.First(line => !Regex.IsMatch(line, "^(Description|Date and time|Destination|Service|020 7946 0[0-9]{3} - Site [0-9]+$)"))
                .ShouldNotMatch("^Total", $"page {n + 1}");
        }
        // Each call is there, once, under a heading that names its service on every page.
        var calls = invoice.Usage!.Services.SelectMany(service => service.Items).ToList();
        var printed = pages.SelectMany(page => Regex.Matches(page, @"^ *[0-9]{2} [A-Z][a-z]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} .* ([0-9.]+)$", RegexOptions.Multiline))
            .Select(match => decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        printed.ShouldBe(calls.Select(call => call.Charge));
        pages.Skip(5).ShouldAllBe(page => Regex.IsMatch(page, @"^ *020 7946 0[0-9]{3} - Site [0-9]+ *$", RegexOptions.Multiline));
        pages.ShouldContain(page => page.Contains("Côte d'Ivoire", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invoices_that_share_a_print_are_the_same_as_alone()
    {
        InvoiceDocument[] invoices = [.. Samples.Names.Where(name => name is not ("card" or "unregistered")).Select(Samples.Invoice), Samples.Heavy(150, 80)];
        var options = new PdfOptions(DatedAt);
        var together = await browser.Printer.PrintManyAsync([.. invoices.Select(invoice => new PdfSource(Page.Of(invoice).Html, options))], CancellationToken.None);
        for (var n = 0; n < invoices.Length; n++)
        {
            together[n].TryGet(out var pdf, out var failure).ShouldBeTrue(failure?.Message);
            (await TextAsync(pdf!)).ShouldBe(await PrintAsync(invoices[n]), invoices[n].Number);
        }
    }

    [Fact]
    public async Task Hostile_text_is_printed_as_it_is_and_changes_no_page()
    {
        const string hostile = "\"'></style><script>alert(1)</script> \\ } @page{margin:0} *{display:none}";
        var pages = await PrintAsync(Samples.Saying(hostile, Samples.Invoice("zero")));
        pages.Length.ShouldBe((await PrintAsync(Samples.Saying(new string('x', hostile.Length), Samples.Invoice("zero")))).Length);
        pages[0].ShouldContain("<script>alert(1)</script>");
        Regex.Replace(pages[^1], @"\s+", " ").ShouldContain("\\ } @page{margin:0} *{display:none}");
        pages[0].ShouldContain("£0.00");
    }

    async Task<string[]> PrintAsync(InvoiceDocument invoice) =>
        await TextAsync(await browser.Printer.PrintAsync(Page.Of(invoice).Html, new PdfOptions(DatedAt), CancellationToken.None));

    static async Task<string[]> TextAsync(byte[] pdf)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf);
            var start = new ProcessStartInfo("pdftotext", ["-layout", file, "-"]) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
            using var process = Process.Start(start)!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            // Each page ends with a form feed.
            return text.Split('\f')[..^1];
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("These tests read PDFs with pdftotext: apt-get install poppler-utils.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
