using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Billing.Host.Tests;

/// <summary>
/// The demo on a few small files, killed with SIGKILL again and again, as a process of its own. tests/kill-demo does the same to the whole demo.
/// </summary>
[Trait("needs", "postgres")]
public sealed class KilledDemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_demo_that_is_killed_in_every_phase_ends_like_one_that_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("billing-kill-").FullName;
        try
        {
            var files = Path.Combine(folder, "files");
            Directory.CreateDirectory(files);
            foreach (var sample in Directory.EnumerateFiles(Path.Combine(Home.Folder, "Plugins", "Cdr"), "*.csv", SearchOption.AllDirectories).Where(p => p.Contains("Samples", StringComparison.Ordinal)))
                File.Copy(sample, Path.Combine(files, Path.GetFileName(sample)), overwrite: true);
            var expected = await RunAsync(folder, "whole", killIn: null);
            foreach (var phase in new[] { "Creating a database", "Making an account", "Importing", "Posting", "Printing" }) (await RunAsync(folder, "killed", phase)).ShouldBeNull();

            var actual = await RunAsync(folder, "killed", killIn: null);

            actual.ShouldNotBeNull();
            actual.ShouldBe(expected);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>The summary without its times; null when the demo was killed.</returns>
    private static async Task<string?> RunAsync(string folder, string name, string? killIn)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(Home).Assembly.Location, "demo", "--no-serve", "--files", Path.Combine(folder, "files"), "--out", Path.Combine(folder, name, "out"), "--data", Path.Combine(folder, name, "data") })
            start.ArgumentList.Add(argument);
        start.Environment["BILLING_HOME"] = Home.Folder;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (killIn is not null && line.Contains(killIn, StringComparison.Ordinal)) process.Kill();
        }
        await process.WaitForExitAsync(patience.Token);
        await output;
        if (killIn is not null)
        {
            said.ShouldContain(line => line.Contains(killIn, StringComparison.Ordinal));
            return null;
        }
        process.ExitCode.ShouldBeInRange(0, 1, string.Join('\n', said));
        var summary = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, name, "out", "summary.json"), patience.Token))!.AsObject();
        summary.Remove("timing").ShouldBeTrue();
        return summary.ToJsonString();
    }
}
