namespace Billing.Abstractions.Cdr;

/// <summary>Counts what a format makes of the beginning of a file.</summary>
/// <param name="isCut">True where the last record of the sample is not whole: it was the sample that was cut off, not the file.</param>
sealed class ProbeCounter(bool isCut) : ICdrSink
{
    private int records;
    private int problems;
    private int headings;

    public CdrProbe Probe => new(records, problems, headings);

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw) => records++;

    public void Problem(in CdrProblem problem)
    {
        if (!isCut || problem.Code != CdrProblemCode.Truncated) problems++;
    }

    public void Skip(long lineNumber, CdrStructure structure)
    {
        if (structure == CdrStructure.Heading) headings++;
    }
}
