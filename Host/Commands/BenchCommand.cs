using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Billing.Host.Bench;

namespace Billing.Host.Commands;

/// <summary><c>billing bench</c>: what this machine bears, as ratios within one run.</summary>
internal static class BenchCommand
{
    public static Command Build() => new("bench", "Measures on made-up data, in a folder that is removed afterwards.") 
    {
        Web(),
        Start(),
        Measured("parse", "Reading lines into records, against counting their ends, Split and CsvHelper.", 1_000_000),
        Measured("lookup", "The longest prefix of a number among 60,000, against a frozen dictionary and SQL.", 1_000_000),
        Measured("rate", "Pricing calls, against ordinary service code; one core and two.", 1_000_000),
        Measured("ingest", "A file to priced, stored, findable calls, against bare COPY of the same rows, BinaryImporter, EF Core and SQL.", 200_000),
        Measured("daily", "A day's file into an empty month and into a full one.", 100_000, ("--month", "Calls that the full month has.", 10_000_000)),
        Measured("scale", "What import costs a call, from ten thousand to the size named.", 100_000, ("--largest", "Calls of the largest file.", 1_000_000)),
        Measured("run", "A billing run of as many accounts as --lines says, against the same in plain SQL.", 10_000, ("--calls", "Rated calls that it bills.", 2_000_000)),
    };

    /// <summary>Those with yardsticks, which are a program of their own: what they compare with is no part of Billing.</summary>
    private static Command Measured(string name, string description, int lines, (string Name, string Description, int Default)? size = null)
    {
        var count = new Option<int>("--lines") { Description = "Lines, look-ups or calls a turn.", HelpName = "N", DefaultValueFactory = _ => lines };
        var rounds = new Option<int>("--rounds") { Description = "Turns of each variant, by turns; one more comes before them.", HelpName = "N", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same data.", HelpName = "N", DefaultValueFactory = _ => 2026 };
        var command = new Command(name, description) { count, rounds, seed };
        Option<int>? more = null;
        if (size is { } asked) command.Add(more = new Option<int>(asked.Name) { Description = asked.Description, HelpName = "N", DefaultValueFactory = _ => asked.Default });
        command.SetAction(async (result, cancellationToken) =>
        {
            if (result.GetValue(count) < 1 || result.GetValue(rounds) < 1 || (more is not null && result.GetValue(more) < 1)) throw new UsageException("bench.bad-size", "At least one line and one round.");
            RefuseOwnDatabase();
            var program = Home.File("Bench/bin/Billing.Bench.dll");
            if (!File.Exists(program)) throw new UsageException("bench.no-program", $"There is no {program}. Build it: dotnet build Bench -c Release.");
            var start = new ProcessStartInfo("dotnet", ((IEnumerable<string>)[program, name, .. new[] { count, rounds, seed, more }.OfType<Option<int>>().Select(option => result.GetValue(option).ToString(CultureInfo.InvariantCulture))]));
            start.Environment["BILLING_HOME"] = Home.Folder;
            using var bench = Process.Start(start)!;
            await bench.WaitForExitAsync(cancellationToken);
            return bench.ExitCode;
        });
        return command;
    }

    // Made-up tenants in a database that somebody works with would be there for good.
    private static void RefuseOwnDatabase()
    {
        if (!string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("ConnectionStrings__Billing")))
            throw new UsageException("bench.own-database", "ConnectionStrings__Billing names a database of yours, and a bench fills one with made-up tenants. Unset it: the bench makes its own and removes it.");
    }

    private static Command Web()
    {
        var tenants = new Option<int>("--tenants") { Description = "Resellers.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var people = new Option<int>("--people") { Description = "People who click, over all of them.", HelpName = "N", DefaultValueFactory = _ => 200 };
        var imports = new Option<int>("--imports") { Description = "CDR files imported at the same time.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var lines = new Option<int>("--lines") { Description = "Calls a file.", HelpName = "N", DefaultValueFactory = _ => 20_000 };
        var minutes = new Option<double>("--minutes") { Description = "How long all of it goes on at once.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var pause = new Option<double>("--pause") { Description = "Seconds from a page to a person's next click, on average.", HelpName = "SECONDS", DefaultValueFactory = _ => 10 };
        var url = new Option<string>("--url") { Description = "Where the app listens meanwhile; loopback only.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5099" };
        var command = new Command("web", "People of many tenants click through the web app while CDR files are imported: page times, errors, memory.") { tenants, people, imports, lines, minutes, pause, url };
        command.SetAction(async (result, cancellationToken) =>
        {
            var settings = new WebBenchSettings(result.GetValue(tenants), result.GetValue(people), result.GetValue(imports), result.GetValue(lines), result.GetValue(minutes),
                TimeSpan.FromSeconds(result.GetValue(pause)), new Uri(result.GetValue(url)!));
            if (settings.Tenants < 1 || settings.People < 1 || settings.Imports < 0 || settings.Imports > settings.Tenants || settings.Lines < 1 || settings.Minutes <= 0)
                throw new UsageException("bench.bad-size", "At least one tenant, one person and one call; no more imports than tenants.");
            RefuseOwnDatabase();
            using var bench = new WebBench(settings, Console.Error);
            var measured = await bench.RunAsync(cancellationToken);
            measured.Print(Console.Out);
            return measured.Quiet.Errors.Count + measured.People.Errors.Count + measured.Busy.Errors.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Command Start()
    {
        var published = new Option<string>("--published") { Description = "Folder that build/publish has written: the same program, compiled ahead.", HelpName = "DIR", Required = true };
        var rounds = new Option<int>("--rounds") { Description = "Starts of each.", HelpName = "N", DefaultValueFactory = _ => 7 };
        var url = new Option<string>("--url") { Description = "Where the app listens meanwhile; loopback only.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5099" };
        var command = new Command("start", "Time from starting the program to its first page, compiled ahead against compiled as it runs; the database is running already.") { published, rounds, url };
        command.SetAction(async (result, cancellationToken) =>
        {
            var program = Path.Combine(Path.GetFullPath(result.GetValue(published)!), "Billing.Host");
            if (!File.Exists(program)) throw new UsageException("bench.no-program", $"There is no {program}. build/publish DIR writes it.");
            if (result.GetValue(rounds) < 1) throw new UsageException("bench.bad-size", "At least one round.");
            RefuseOwnDatabase();
            var (jit, ahead) = await new StartBench(program, result.GetValue(rounds), new Uri(result.GetValue(url)!), Console.Error).RunAsync(cancellationToken);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first page after  {jit.Quantile(0.5):0} ms compiled as it runs, {ahead.Quantile(0.5):0} ms compiled ahead (medians of {jit.Count})"));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio             {ahead.Quantile(0.5) / jit.Quantile(0.5):0.00}"));
            return 0;
        });
        return command;
    }
}
