using System.Diagnostics;
using System.Net;
using System.Text;

namespace Billing.Portal.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
[Trait("needs", "chromium")]
public sealed class PrintedSampleTests(TwoResellers resellers)
{
    [Fact]
    public async Task A_bill_carries_its_resellers_name_and_nobody_elses_in_its_text_and_in_its_file()
    {
        using var response = await resellers.SendAsync(HttpMethod.Get, "office." + resellers.Alder.Host, await resellers.AdminAsync(resellers.Alder), "/settings/brand?handler=Sample", null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("sample.pdf");
        var pdf = await response.Content.ReadAsByteArrayAsync();
        var file = Path.Combine(Path.GetTempPath(), $"portal-tests-{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            // Lines end where the paper does.
            var said = string.Join(' ', (await RunAsync("pdftotext", file, "-") + await RunAsync("pdfinfo", file)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            said.ShouldContain("Alder Telecom");
            said.ShouldContain("DRAFT");
            said.ShouldContain("Example Ombudsman");
            said.ShouldNotContain("billing", Case.Insensitive);
            said.ShouldNotContain("Birch");
            Encoding.Latin1.GetString(pdf).ShouldNotContain("Billing");
        }
        finally
        {
            File.Delete(file);
        }
    }

    static async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return text;
    }
}
