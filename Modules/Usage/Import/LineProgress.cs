using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>Says every thousand lines how many went by, and lets nobody wait long for a stop.</summary>
internal sealed class LineProgress(ICdrSink next, IProgress<int> progress, CancellationToken cancellationToken) : ICdrSink
{
    private const int Every = 1000;

    private int told;

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        Tell(record.LineNumber);
        next.Record(in record, raw);
    }

    public void Problem(in CdrProblem problem)
    {
        Tell(problem.LineNumber);
        next.Problem(in problem);
    }

    public void Skip(long lineNumber, CdrStructure structure) => next.Skip(lineNumber, structure);

    private void Tell(long line)
    {
        if (line < told + Every) return;
        cancellationToken.ThrowIfCancellationRequested();
        told = (int)Math.Min(line, int.MaxValue);
        progress.Report(told);
    }
}
