using System.Diagnostics;
using System.Security.Cryptography;
using Billing.Host;

namespace Billing.Browser.Tests;

/// <summary>A script of the folder <c>walk</c>, run by Node with the packages of its lock file.</summary>
internal static class NodeScript
{
    // Eight minutes on a quiet machine of two cores; a slow one has been seen to need three times that. Only what hangs is to be given up.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(60);

    public static string Folder { get; } = Home.File("tests/Browser.Tests/walk");

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> RunAsync(string name, IReadOnlyDictionary<string, string> environment, Action<string> say)
    {
        await InstallAsync();
        var (code, output, errors) = await RunAsync("node", [name], environment, say);
        if (code != 0) throw new InvalidOperationException($"{name} failed with {code}{(code > 128 ? $", after {Patience.TotalMinutes} minutes or because of the signal {code - 128}" : "")}:\n{errors}");
        return output;
    }

    // Exactly what the lock file names; no package may run a script of its own. Later runs need no network.
    private static async Task InstallAsync()
    {
        var state = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        var mark = Path.Combine(Folder, "node_modules", ".installed-from");
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == state) return;
        var (code, _, errors) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], new Dictionary<string, string>(), _ => { });
        if (code != 0) throw new InvalidOperationException($"npm could not fetch the packages of {Folder}/package-lock.json; it needs the npm registry once.\n{errors}");
        await File.WriteAllTextAsync(mark, state);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string> say)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        using var patience = new CancellationTokenSource(Patience);
        using var stop = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = new List<string>();
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            errors.Add(line);
            say(line);
        }
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output, string.Join('\n', errors));
    }
}
