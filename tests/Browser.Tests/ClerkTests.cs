using System.Text.Json;
using Billing.Delivery.Rendering;
using Billing.Host;
using Xunit.Abstractions;

namespace Billing.Browser.Tests;

/// <summary>The clerk's daily round in a real Chromium (ERR-1, ERR-3, UX-10): a file in, errors to zero on the desk, a tariff tried and published, errors that clear by themselves.</summary>
[Trait("needs", "browser")]
public sealed class ClerkTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_clerk_brings_the_errors_of_a_day_to_zero_by_keyboard()
    {
        var folder = Directory.CreateTempSubdirectory("billing-clerk-").FullName;
        try
        {
            await ServedProduct.RunAsync("demo", "files", "--out", Path.Combine(folder, "files"));
            await using var product = await ServedProduct.StartAsync(Path.Combine(folder, "data"));
            var pictures = Home.File("artifacts/pictures");
            Directory.CreateDirectory(pictures);
            var json = await NodeScript.RunAsync("clerk.mjs", new Dictionary<string, string>
            {
                ["WALK_BASE"] = product.Address.GetLeftPart(UriPartial.Authority),
                ["WALK_OPERATOR"] = product.OperatorLink.AbsoluteUri,
                ["WALK_FILES"] = Path.Combine(folder, "files"),
                ["WALK_PICTURES"] = pictures,
                ["WALK_CHROMIUM"] = ChromiumProgram.Find(null),
                ["WALK_AS_ROOT"] = Environment.UserName == "root" ? "1" : "",
            }, output.WriteLine);

            using var said = JsonDocument.Parse(json);
            var result = said.RootElement;
            result.GetProperty("problems").EnumerateArray().Select(p => p.GetString()).ShouldBeEmpty();
            (Number("before"), Number("undone"), Number("between"), Number("byItself"), Number("trend")).ShouldBe((2, 1, 1, 1, 1));
            product.Errors.Split('\n').Where(line => line.Contains("fail:", StringComparison.Ordinal)).ShouldBeEmpty();

            int Number(string name) => result.GetProperty(name).GetInt32();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
