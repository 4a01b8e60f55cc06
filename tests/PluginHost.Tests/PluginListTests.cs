using System.Diagnostics;
using System.Text.Json;

namespace Billing.PluginHost.Tests;

/// <summary>The program itself, as an operator runs it.</summary>
public sealed class PluginListTests : IDisposable
{
    private readonly PluginFolders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task The_host_lists_every_plugin_with_its_state_and_answers_1_when_one_is_switched_off()
    {
        folders.With("thrower", "Plugins/ThrowsInConstructor")
            .With("tomorrow", "Plugins/OtherContract")
            .With("bare", "Plugins/NeedsLibrary").Without("bare", "Fixtures.CarrierLibrary.dll")
            .With("works", "Plugins/Working");

        var (exitCode, lines, error) = await PluginListAsync();

        exitCode.ShouldBe(1, error);
        lines.Select(line => Text(line, "id")).ShouldBe(["thrower", "tomorrow", "bare", "works"]);
        lines.Select(line => Text(line, "state")).ShouldBe(["quarantined", "quarantined", "quarantined", "loaded"]);
        Text(lines[0], "reason").ShouldBe("It threw InvalidOperationException: the licence file is not there");
        Text(lines[1], "reason").ShouldNotBeNull().ShouldContain("version 99.0 of the contract; this host has 1.1");
        Text(lines[1], "contract").ShouldBe("99.0");
        Text(lines[2], "reason").ShouldNotBeNull().ShouldStartWith("It needs Fixtures.CarrierLibrary");
        Text(lines[3], "contract").ShouldBe("1.1");
        Text(lines[3], "reason").ShouldBeNull();
        lines[3].GetProperty("formats").EnumerateArray().Select(f => f.GetString()).ShouldBe(["working"]);
        error.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_nothing_switched_off_the_answer_is_0()
    {
        folders.With("works", "Plugins/Working").With("asleep", "Plugins/ThrowsInConstructor", enabled: false);

        var (exitCode, lines, error) = await PluginListAsync();

        exitCode.ShouldBe(0, error);
        lines.Select(line => Text(line, "state")).ShouldBe(["loaded", "disabled"]);
    }

    private async Task<(int ExitCode, List<JsonElement> Lines, string Error)> PluginListAsync()
    {
        // tests/PluginHost.Tests/bin/Release/net10.0: the host of the same configuration.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(PluginFolders.Root, "Host", "bin", output.Parent!.Name, output.Name, "Billing.Host.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "plugin", "list"])
        {
            WorkingDirectory = folders.Folder,
            Environment = { ["BILLING_HOME"] = folders.Folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)], await error);
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
