using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Billing.Host;

namespace Billing.Browser.Tests;

/// <summary><c>billing serve</c> as a process of its own, on an empty installation: what somebody has who has just unpacked it.</summary>
internal sealed class ServedProduct : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly StringBuilder errors;

    private ServedProduct(Process process, StringBuilder errors, Uri address, Uri operatorLink) =>
        (this.process, this.errors, Address, OperatorLink) = (process, errors, address, operatorLink);

    public Uri Address { get; }

    /// <summary>Makes its first operator; good once.</summary>
    public Uri OperatorLink { get; }

    /// <summary>What it wrote to standard error: nothing but warnings and failures.</summary>
    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    public static async Task<ServedProduct> StartAsync(string dataFolder)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var process = Process.Start(Command("serve", "--data", dataFolder, "--url", address.GetLeftPart(UriPartial.Authority)))!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors) errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.AppendLine(line);
            if (line.Contains("/set-password?key=", StringComparison.Ordinal)) return new ServedProduct(process, errors, address, new Uri(line.Trim()));
        }
        throw new InvalidOperationException($"billing serve ended, and said: {said}{errors}");
    }

    /// <summary>Runs a command of the product to its end.</summary>
    public static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Command(arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await output + errors);
    }

    private static ProcessStartInfo Command(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Home).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["BILLING_HOME"] = Home.Folder;
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        // As Ctrl+C does: it stops its database too.
        if (!process.HasExited)
        {
            using var signal = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
        }
        process.Dispose();
    }
}
