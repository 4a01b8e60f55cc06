using System.Text.Json;
using System.Text.RegularExpressions;
using Billing.Delivery.Rendering;
using Billing.Host;
using Xunit.Abstractions;

namespace Billing.Browser.Tests;

/// <summary>
/// Billing in a real Chromium, as a stranger meets it: UX-1 to UX-9, POR-1, WL-1. Every page on the way, and every page that links lead to, is looked at
/// by axe, in two widths, light and dark, at 320 px and at 200 %. The pictures are left in <c>artifacts/pictures</c> for people to look at.
/// </summary>
[Trait("needs", "browser")]
public sealed partial class WalkTests(ITestOutputHelper output)
{
    /// <summary>Pages nobody is led to by a link, each with the reason.</summary>
    private static readonly Dictionary<string, string> NotOnTheWay = new Dictionary<string, string>
    {
        ["/error/{status:int}"] = "stands in the place of a page that failed; Web.Tests look at it",
        ["/settings"] = "leads on to the first of the settings",
        ["/accounts/list.{form}"] = "a file",
        ["/carrier-charges/list.{form}"] = "a file",
        ["/carrier-charges/margin/list.{form}"] = "a file",
        ["/cdrs/list.{form}"] = "a file",
        ["/errors/list.{form}"] = "a file",
        ["/errors/trend.{form}"] = "a file",
        ["/products/list.{form}"] = "a file",
        ["/tariffs/list.{form}"] = "a file",
        ["/what-if/{id:long}/accounts.{form}"] = "a file",
        ["/what-if/{id:long}/destinations.{form}"] = "a file",
        ["/what-if/{id:long}/notices.{form}"] = "a file",
    };

    [Fact]
    public async Task From_an_empty_installation_to_a_customer_with_a_bill_by_keyboard_alone_and_every_page_can_be_used_by_everybody()
    {
        var folder = Directory.CreateTempSubdirectory("billing-walk-").FullName;
        try
        {
            await ServedProduct.RunAsync("demo", "files", "--out", Path.Combine(folder, "files"));
            await using var product = await ServedProduct.StartAsync(Path.Combine(folder, "data"));
            var json = await NodeScript.RunAsync("path.mjs", new Dictionary<string, string>
            {
                ["WALK_BASE"] = product.Address.GetLeftPart(UriPartial.Authority),
                ["WALK_OPERATOR"] = product.OperatorLink.AbsoluteUri,
                ["WALK_FILES"] = Path.Combine(folder, "files"),
                ["WALK_PICTURES"] = Home.File("artifacts/pictures"),
                ["WALK_CHROMIUM"] = ChromiumProgram.Find(null),
                ["WALK_AS_ROOT"] = Environment.UserName == "root" ? "1" : "",
            }, output.WriteLine);

            using var said = JsonDocument.Parse(json);
            var result = said.RootElement;
            output.WriteLine($"{result.GetProperty("looks").GetInt32()} pages and states looked at; pictures in {Home.File("artifacts/pictures")}");
            result.GetProperty("problems").EnumerateArray().Select(p => p.GetString()).ShouldBeEmpty();
            // By hand in the browser, to the penny what the demo bills from the command line.
            var run = result.GetProperty("run");
            (Said(run, "invoices"), Said(run, "net"), Said(run, "vat"), Said(run, "gross")).ShouldBe(("200", "£21,498.82", "£4,259.43", "£25,758.25"));
            NotVisited(result.GetProperty("visited")).ShouldBeEmpty("pages the walk did not come to");
            product.Errors.Split('\n').Where(line => line.Contains("fail:", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Said(JsonElement run, string name) => run.GetProperty(name).GetString()!;

    // What the sources say there is, against where the browser was.
    private static List<string> NotVisited(JsonElement visited)
    {
        var paths = visited.EnumerateObject().SelectMany(person => person.Value.EnumerateArray()).Select(path => Prefix().Replace(path.GetString()!, "")).Select(path => path.Length == 0 ? "/" : path).ToHashSet();
        var pages = new[] { "Modules", "Host" }.SelectMany(root => Directory.EnumerateFiles(Home.File(root), "*.cshtml", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => Directive().Match(File.ReadAllText(file))).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();
        pages.Count.ShouldBeGreaterThan(70, "the sources have more pages than that");
        return [.. pages.Where(page => !NotOnTheWay.ContainsKey(page) && !paths.Any(PatternOf(page).IsMatch))];
    }

    private static Regex PatternOf(string page) =>
        new("^" + Regex.Replace(Regex.Replace(Regex.Escape(page), @"/\\\{[^}]*\?}", "(/[^/]+)?"), @"\\\{[^}]*}", "[^/]+") + "$");

    [GeneratedRegex("^@page \"([^\"]+)\"")]
    private static partial Regex Directive();

    [GeneratedRegex("^/(t/larkfell|operator)(?=/|$)")]
    private static partial Regex Prefix();
}
