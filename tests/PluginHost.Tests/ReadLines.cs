using Billing.Abstractions.Cdr;

namespace Billing.PluginHost.Tests;

/// <summary>Keeps what a format handed over, in words.</summary>
sealed class ReadLines : ICdrSink
{
    public List<string> Lines { get; } = [];

    public bool HasEnded { get; private set; }

    /// <summary>Thrown by the sink itself at the first record, where a test wants that.</summary>
    public Exception? Failing { get; init; }

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        if (Failing is { } failure) throw failure;
        Lines.Add($"{record.LineNumber}: {record.DurationSeconds} s");
    }

    public void Problem(in CdrProblem problem)
    {
        Lines.Add($"{problem.LineNumber}: {problem.Code}: {problem.Message}");
        HasEnded |= problem.EndsReading;
    }

    public void Skip(long lineNumber, CdrStructure structure) => Lines.Add($"{lineNumber}: {structure}");
}
