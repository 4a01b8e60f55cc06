using System.Diagnostics;
using System.Text;

namespace Billing.Usage.Archives;

/// <summary>A program of the machine that reads an archive for us: no shell, no keyboard, no surroundings; killed with all it started when we are done with it.</summary>
internal sealed class ToolRun : IDisposable
{
    private const int MostWords = 4000;

    private readonly Process process;
    private readonly StringBuilder words = new();

    public ToolRun(string tool, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["PATH"] = "/usr/bin:/bin";
        process = Process.Start(start)!;
        process.StandardInput.Close();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (words)
                if (words.Length < MostWords) words.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>What it complained of.</summary>
    public string Words
    {
        get
        {
            lock (words) return words.ToString();
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code; 0 is good.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended between the two.
        }
        process.Dispose();
    }
}
