using System.Text;
using System.Text.RegularExpressions;
using Billing.Delivery.Rendering;
using Xunit.Abstractions;

namespace Billing.Delivery.Tests.Rendering;

/// <summary>Documents printed together look as if each had been printed alone.</summary>
[Collection(SharedPrinter.Name)]
public sealed class PrintManyTests(PrinterFixture fixture, ITestOutputHelper output)
{
    readonly PdfPrinter printer = fixture.Printer;

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public async Task Each_document_of_a_list_reads_as_if_printed_alone(int count)
    {
        var sources = Sources(count);
        var pdfs = await ManyAsync(sources);
        for (var index = 0; index < count; index++)
        {
            var alone = await printer.PdfAsync(sources[index].Html);
            // Text line by line, each word at its place, and the number of pages.
            Tool.PlainTextOf(pdfs[index]).ShouldBe(Tool.PlainTextOf(alone), $"document {index}");
            var (words, places) = Tool.PlacesOf(pdfs[index]);
            var (wordsAlone, placesAlone) = Tool.PlacesOf(alone);
            words.ShouldBe(wordsAlone, $"document {index}");
            // A hundredth of a point: the page number and the total are two pieces of text instead of one.
            places.Zip(placesAlone, (place, placeAlone) => Math.Abs(place - placeAlone)).Max().ShouldBeLessThan(0.05);
            Pages(pdfs[index]).ShouldBe(Pages(alone));
            Tool.Check(pdfs[index]);
        }
    }

    [Fact]
    public async Task Every_document_counts_its_own_pages()
    {
        var pdfs = await ManyAsync([.. new[] { 130, 2, 70, 2 }.Select((calls, number) => new PdfSource(Some.Invoice(number, calls), Some.Options))]);
        Feet(pdfs[0]).ShouldBe(["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]);
        Feet(pdfs[1]).ShouldBe(["Page 1 of 1"]);
        Feet(pdfs[2]).ShouldBe(["Page 1 of 2", "Page 2 of 2"]);
        Feet(pdfs[3]).ShouldBe(["Page 1 of 1"]);
    }

    [Fact]
    public async Task The_documents_are_joined_and_not_merely_printed_one_by_one()
    {
        // A print cut apart has no neighbour's text, but shares its fonts: the one visible trace that it was not alone.
        var sources = Sources(12);
        var pdfs = await ManyAsync(sources);
        var same = 0;
        for (var index = 0; index < pdfs.Count; index++)
        {
            var alone = await printer.PdfAsync(sources[index].Html);
            if (alone.SequenceEqual(pdfs[index])) same++;
        }
        same.ShouldBeLessThan(4);
        output.WriteLine($"together {pdfs.Sum(pdf => pdf.Length) / pdfs.Count} bytes each");
    }

    [Fact]
    public async Task The_same_list_gives_the_same_bytes()
    {
        var sources = Sources(30);
        var first = await ManyAsync(sources);
        await printer.PdfAsync(Some.Invoice(999, 40));
        var second = await ManyAsync(sources);
        for (var index = 0; index < first.Count; index++) second[index].ShouldBe(first[index], $"document {index}");
    }

    [Fact]
    public async Task Title_and_date_are_each_documents_own()
    {
        var options = Enumerable.Range(1, 3).Select(day => new PdfOptions(new DateTimeOffset(2026, 5, day, 12, 0, 0, TimeSpan.Zero))).ToList();
        var titles = new[] { "Plain (1) &amp; \\ more", "Rechnung für Łódź £", "Third" };
        var pdfs = await ManyAsync([.. titles.Select((title, index) => new PdfSource(
            Regex.Replace(Some.Invoice(index, 4), "<title>.*</title>", _ => $"<title>{title}</title>"), options[index]))]);
        Tool.InfoOf(pdfs[0]).ShouldContain(@"Plain (1) & \ more");
        Tool.InfoOf(pdfs[1]).ShouldContain("Rechnung für Łódź £");
        Tool.InfoOf(pdfs[2]).ShouldMatch(@"CreationDate:\s+Sun May  3 12:00:00 2026");
    }

    [Fact]
    public async Task Documents_that_cannot_be_joined_are_printed_alone_and_keep_their_place_in_the_list()
    {
        var sources = Sources(6).ToList();
        sources.Insert(2, new PdfSource(Some.Page("A page of another kind"), Some.Options));
        sources.Insert(4, new PdfSource(Some.Invoice(77, 3), Some.Options with { IsTagged = true }));
        sources.Insert(5, new PdfSource(Some.Page("x", "<meta http-equiv=refresh content='0;url=about:blank'>"), Some.Options));
        var results = await printer.PrintManyAsync(sources, CancellationToken.None);
        Tool.TextOf(results[2].ValueOrThrow()).ShouldContain("A page of another kind");
        results[2].ValueOrThrow().ShouldBe(await printer.PdfAsync(sources[2].Html));
        Tool.InfoOf(results[4].ValueOrThrow()).ShouldMatch(@"Tagged:\s+yes");
        Some.FailureOf(results[5]).Code.ShouldBe("delivery.pdf-refused");
        foreach (var index in new[] { 0, 1, 3, 6, 7, 8 })
            Tool.TextOf(results[index].ValueOrThrow()).ShouldContain(Regex.Match(sources[index].Html, "<h1>(.*)</h1>").Groups[1].Value);
    }

    [Fact]
    public async Task Links_to_elsewhere_survive_the_cut_and_a_reference_in_a_text_is_only_a_text()
    {
        var sources = Enumerable.Range(0, 4).Select(number => new PdfSource(
            Some.Invoice(number, 5).Replace("Thank you.", $"<a href='https://pay.example/{number}?a=(5 0 R)'>Pay</a> 7 0 R", StringComparison.Ordinal), Some.Options)).ToList();
        var pdfs = await ManyAsync(sources);
        for (var number = 0; number < pdfs.Count; number++)
        {
            Tool.Check(pdfs[number]);
            Tool.TextOf(pdfs[number]).ShouldContain("Pay 7 0 R");
            var file = Encoding.Latin1.GetString(pdfs[number]);
            file.ShouldContain($"https://pay.example/{number}?");
            file.Split("https://pay.example/").Length.ShouldBe(2);
        }
    }

    [Fact]
    public async Task An_empty_list_is_an_empty_answer() => (await printer.PrintManyAsync([], CancellationToken.None)).ShouldBeEmpty();

    static List<PdfSource> Sources(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new PdfSource(Some.Invoice(number, number * 37 % 150), Some.Options))];

    async Task<List<byte[]>> ManyAsync(IReadOnlyList<PdfSource> sources) =>
        [.. (await printer.PrintManyAsync(sources, CancellationToken.None)).Select(result => result.ValueOrThrow())];

    static string Pages(byte[] pdf) => Regex.Match(Tool.InfoOf(pdf), @"Pages:\s+\d+").Value;

    static List<string> Feet(byte[] pdf) => [.. Regex.Matches(Tool.TextOf(pdf), @"Page \d+ of \d+").Select(match => match.Value)];
}
