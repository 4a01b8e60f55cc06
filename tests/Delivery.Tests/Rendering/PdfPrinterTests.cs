using System.Security.Cryptography;
using Billing.Delivery.Rendering;
using Xunit.Abstractions;

namespace Billing.Delivery.Tests.Rendering;

[Collection(SharedPrinter.Name)]
public sealed class PdfPrinterTests(PrinterFixture fixture, ITestOutputHelper output)
{
    readonly PdfPrinter printer = fixture.Printer;

    Task<byte[]> PrintAsync(string html, PdfOptions? options = null) => printer.PdfAsync(html, options);

    [Fact]
    public async Task Pounds_and_accents_can_be_read_back()
    {
        var text = Tool.TextOf(await PrintAsync(Some.Invoice(7, calls: 3)));
        text.ShouldContain("Invoice INV-00007");
        text.ShouldContain("£0.13");
        text.ShouldContain("Café Zoë Ltd");
        text.ShouldContain("Kraków Łódź");
    }

    [Fact]
    public async Task Every_page_says_which_of_how_many_it_is()
    {
        var text = Tool.TextOf(await PrintAsync(Some.Invoice(1, calls: 130)));
        text.ShouldContain("Page 1 of 3");
        text.ShouldContain("Page 2 of 3");
        text.ShouldContain("Page 3 of 3");
    }

    [Fact]
    public async Task Paper_is_A4_with_and_without_a_page_rule()
    {
        Tool.InfoOf(await PrintAsync(Some.Invoice(1, calls: 1))).ShouldContain("(A4)");
        Tool.InfoOf(await PrintAsync("<p>Nothing said about paper</p>")).ShouldContain("(A4)");
        Tool.InfoOf(await PrintAsync(Some.Page("wide", "<style>@page{size:A5 landscape}</style>"))).ShouldMatch(@"Page size:\s+59\d\S* x 4(19|20)");
    }

    [Fact]
    public async Task The_title_is_the_documents_and_the_dates_are_the_ones_asked_for()
    {
        var info = Tool.InfoOf(await PrintAsync(Some.Page("text", "<title>Ignored, the first title counts</title>")));
        info.ShouldContain("A page");
        info.ShouldContain("Thu Apr 30 22:15:42 2026");
        Tool.InfoOf(await PrintAsync("<title>/CreationDate (D:20200101000000+00'00') £</title>x")).ShouldContain("Thu Apr 30 22:15:42 2026");
    }

    [Fact]
    public async Task Structure_tags_are_written_only_when_asked_for()
    {
        Tool.InfoOf(await PrintAsync(Some.Invoice(1, 3))).ShouldMatch(@"Tagged:\s+no");
        var tagged = await PrintAsync(Some.Invoice(1, 3), Some.Options with { IsTagged = true, HasOutline = true });
        Tool.InfoOf(tagged).ShouldMatch(@"Tagged:\s+yes");
        System.Text.Encoding.Latin1.GetString(tagged).ShouldContain("/Outlines");
        Tool.Check(tagged);
    }

    [Fact]
    public async Task Printing_again_gives_the_same_bytes_whatever_was_printed_between()
    {
        var plain = await HashAsync(Some.Options);
        var tagged = await HashAsync(Some.Options with { IsTagged = true, HasOutline = true });
        for (var time = 0; time < 5; time++)
        {
            await PrintAsync(Some.Invoice(100 + time, calls: 20 * time));
            (await HashAsync(Some.Options)).ShouldBe(plain);
            (await HashAsync(Some.Options with { IsTagged = true, HasOutline = true })).ShouldBe(tagged);
        }
        // And in another browser, as after a restart of the host.
        await using var other = new PdfPrinter(new PdfPrinterSettings());
        Convert.ToHexString(SHA256.HashData(await other.PdfAsync(Some.Invoice(5, 80)))).ShouldBe(plain);

        async Task<string> HashAsync(PdfOptions options) => Convert.ToHexString(SHA256.HashData(await PrintAsync(Some.Invoice(5, 80), options)));
    }

    [Fact]
    public async Task The_structure_of_the_file_satisfies_qpdf() => Tool.Check(await PrintAsync(Some.Invoice(1, calls: 130)));

    [Fact]
    public async Task Images_and_fonts_inside_the_document_are_printed()
    {
        var font = Directory.EnumerateFiles("/usr/share/fonts", "*Mono*.ttf", SearchOption.AllDirectories).FirstOrDefault();
        font.ShouldNotBeNull("install the Debian package fonts-dejavu-core");
        const string dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
        var pdf = await PrintAsync(Some.Page(
            $"<p style='font-family:Ours'>Our own font</p><img width=50 height=50 src='data:image/png;base64,{dot}'>",
            $"<style>@font-face{{font-family:Ours;src:url(data:font/ttf;base64,{Convert.ToBase64String(File.ReadAllBytes(font))})}}</style>"));
        Tool.FontsOf(pdf).ShouldContain("Mono");
        Tool.ImagesOf(pdf).ShouldContain("image");
    }

    [Fact]
    public async Task An_itemisation_of_five_thousand_lines_is_printed_to_its_last_line()
    {
        var pdf = await PrintAsync(Some.Invoice(9, calls: 5_000));
        var text = Tool.TextOf(pdf);
        text.ShouldContain("Thank you.");
        text.Split('\n').Count(line => line.Contains("UK Landline")).ShouldBe(5_000);
        Tool.Check(pdf);
        output.WriteLine($"{pdf.Length / 1024} KiB; {printer.Confinement}");
    }

    [Fact]
    public async Task Fifty_documents_at_once_each_come_back_to_their_own_caller()
    {
        var prints = Enumerable.Range(0, 50).Select(number => PrintAsync(Some.Invoice(number, calls: number)));
        var pdfs = await Task.WhenAll(prints);
        for (var number = 0; number < pdfs.Length; number++)
        {
            var text = Tool.TextOf(pdfs[number]);
            text.ShouldContain($"Invoice INV-{number:D5}");
            text.Split('\n').Count(line => line.Contains("UK Landline")).ShouldBe(number);
        }
    }

    [Fact]
    public async Task Text_that_is_not_quite_text_is_printed_all_the_same()
    {
        var text = Tool.TextOf(await PrintAsync(Some.Page("before \ud800 \0 after </p></div> <b>end")));
        text.ShouldContain("before");
        text.ShouldContain("end");
    }
}
