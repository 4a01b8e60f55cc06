using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Host.Demo;
using Billing.Host.Web;

namespace Billing.Host.Commands;

/// <summary><c>billing demo</c>: the main job from carrier files to PDFs, then the web app.</summary>
internal static class DemoCommand
{
    private const string Address = "http://127.0.0.1:5080";

    public static Command Build()
    {
        var outFolder = new Option<string>("--out") { Description = "Where invoices/*.pdf and summary.json go.", HelpName = "DIR", DefaultValueFactory = _ => "billing-demo" };
        var files = new Option<string?>("--files") { Description = "Bill your own carrier files instead of the demo reseller's.", HelpName = "DIR" };
        var markup = new Option<decimal>("--markup") { Description = "With --files: percent added to the cost in the files; calls without a cost are priced by the sample tariff.", HelpName = "PERCENT", DefaultValueFactory = _ => 30m };
        var seed = new Option<ulong>("--seed") { Description = "What the demo is diced from; the same seed gives the same bills.", HelpName = "N", DefaultValueFactory = _ => 2026 };
        var noServe = new Option<bool>("--no-serve") { Description = "Stop when the bills are there." };
        var url = new Option<string>("--url") { Description = "Where the web app listens; loopback only.", HelpName = "URL", DefaultValueFactory = _ => Address };
        var command = new Command("demo", "The main job, end to end: imports a month of carrier files, mends errors, bills, prints, checks the books, and shows it all on localhost.")
        {
            outFolder, files, markup, seed, noServe, url, Files(),
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var folder = Path.GetFullPath(result.GetValue(outFolder)!);
            var own = result.GetValue(files);
            if (own is not null && !Directory.Exists(own) && !File.Exists(own)) throw new UsageException("demo.no-files", $"There is no folder '{own}'.");
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, line => Console.Error.WriteLine("  " + line), cancellationToken);
            var startedAt = installation.Clock.GetTimestamp();
            var (tenant, summary, about) = own is null
                ? await new ResellerStory(installation, result.GetValue(seed), folder).RunAsync(cancellationToken)
                : await new OwnFilesStory(installation, own, result.GetValue(markup), folder).RunAsync(cancellationToken);

            Directory.CreateDirectory(folder);
            var timing = new JsonObject
            {
                ["finishedAt"] = installation.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["seconds"] = Math.Round(installation.Clock.GetElapsedTime(startedAt).TotalSeconds, 1, MidpointRounding.AwayFromZero),
            };
            await File.WriteAllTextAsync(Path.Combine(folder, "summary.json"), summary.ToJson(about, timing).ToJsonString(JsonOut.Indented) + "\n", cancellationToken);
            summary.Print(Console.Out, tenant.Currency.Code);
            Console.Out.WriteLine($"  {Path.Combine(folder, "invoices")}{Path.DirectorySeparatorChar}*.pdf");
            Console.Out.WriteLine($"  {Path.Combine(folder, "summary.json")}");
            if (!result.GetValue(noServe)) await WebApp.RunAsync(Task.FromResult(installation), result.GetValue(url)!, installation.Work, cancellationToken, tenant.Slug);
            return summary.IsClean ? 0 : 1;
        });
        return command;
    }

    // For going the whole way by hand, in the browser: nothing is stored.
    private static Command Files()
    {
        var folder = new Option<string>("--out") { Description = "Folder they are written to.", HelpName = "DIR", DefaultValueFactory = _ => "billing-demo-files" };
        var seed = new Option<ulong>("--seed") { Description = "What the demo is diced from.", HelpName = "N", DefaultValueFactory = _ => 2026 };
        var command = new Command("files", "Writes the demo reseller's customers, numbers, charges, tariff and call files, as the web app takes them in; nothing is stored.") { folder, seed };
        command.SetAction(async (result, cancellationToken) =>
        {
            var path = Path.GetFullPath(result.GetValue(folder)!);
            await DemoRecordFiles.WriteAsync(DemoReseller.Make(result.GetValue(seed)), path, cancellationToken);
            Console.Out.WriteLine(path);
            return 0;
        });
        return command;
    }
}
