using System.Diagnostics;

namespace Billing.Web.Tests.Api;

/// <summary>Runs the scripts of <c>Api/client</c>, with the packages that its lock file names.</summary>
static class NodeTool
{
    static readonly Lazy<Task<string?>> Ready = new(async () =>
    {
        var (code, _, said) = await StartAsync("prepare.mjs", []);
        return code == 0 ? null : said;
    });

    /// <summary>Where the scripts are.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>A new folder for what is generated, which is never part of the sources but sees the scripts' packages.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(Folder, "obj", Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Runs a script; it has to end well.</summary>
    /// <returns>What it wrote, line by line.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(string script, params string[] arguments)
    {
        if (await Ready.Value is { } missing) throw new InvalidOperationException(missing);
        var (code, written, said) = await StartAsync(script, arguments);
        code.ShouldBe(0, said + written);
        return written.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static async Task<(int Code, string Written, string Said)> StartAsync(string script, string[] arguments)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Folder, script));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var written = process.StandardOutput.ReadToEndAsync();
            var said = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await written, (await said).Trim());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (3, "", "node is missing: install the package nodejs (18 or newer) and npm.");
        }
    }

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "tests", "Web.Tests", "Api", "client") is var place && File.Exists(Path.Combine(place, "package.json"))) return place;
        throw new InvalidOperationException("tests/Web.Tests/Api/client is not above the test assembly.");
    }
}
