namespace Billing.Abstractions.Cdr;

/// <summary>
/// Takes what a format reads. Every line of a file arrives in exactly one of the three calls, so that lines in = lines out:
/// the sum of the records' and the problems' line counts and the number of skips is the number of lines in the file.
/// </summary>
/// <remarks>The only exception is a problem that ends the reading (<see cref="CdrProblem.EndsReading"/>): what follows it was never read.</remarks>
public interface ICdrSink
{
    /// <summary>A good record. Everything in it points into a buffer that is reused after the call.</summary>
    /// <param name="record">What was read; its line number is set.</param>
    /// <param name="raw">The record's bytes as they stand in the file (the lines of a joined call one after the other, LF between them), kept for explanation.</param>
    void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw);

    /// <summary>A line that should be a record and is not; reading goes on.</summary>
    void Problem(in CdrProblem problem);

    /// <summary>A line that is no record and is not meant to be: a heading, a trailer, a blank line, a comment.</summary>
    /// <param name="lineNumber">Counted from 1.</param>
    /// <param name="structure">What it is.</param>
    void Skip(long lineNumber, CdrStructure structure);
}
