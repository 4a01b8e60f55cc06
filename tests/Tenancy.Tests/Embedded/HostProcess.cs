using System.Diagnostics;
using Billing.Tenancy.Data.Embedded;

namespace Billing.Tenancy.Tests.Embedded;

/// <summary>A host in a process of its own, to be killed.</summary>
sealed class HostProcess : IDisposable
{
    readonly Process _process;

    HostProcess(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public int ServerProcessId { get; private set; }

    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts a host; with a command in front where another user is wanted.</summary>
    public static HostProcess Launch(string dataFolder, string? programs = null, string[]? prefix = null)
    {
        string[] command =
        [
            .. prefix ?? [], "dotnet", Path.Combine(programs ?? AppContext.BaseDirectory, "Billing.EmbeddedHost.dll"), dataFolder,
        ];
        return new HostProcess(Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!);
    }

    public static async Task<HostProcess> StartAsync(string dataFolder, string? programs = null, string[]? prefix = null)
    {
        var host = Launch(dataFolder, programs, prefix);
        if (await host._process.StandardOutput.ReadLineAsync() is not { } line)
            throw new InvalidOperationException(await host._process.StandardError.ReadToEndAsync());
        host.ServerProcessId = int.Parse(line.Split(' ', 2)[0], null);
        host.ConnectionString = line.Split(' ', 2)[1];
        return host;
    }

    public async Task KillAsync()
    {
        Linux.Signal(_process.Id, Linux.SignalKill);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends the host in order; its exit code and what it said on stderr.</summary>
    public async Task<(int ExitCode, string Errors)> StopAsync()
    {
        _process.StandardInput.Close();
        var errors = await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) Linux.Signal(_process.Id, Linux.SignalKill);
        _process.Dispose();
    }
}
