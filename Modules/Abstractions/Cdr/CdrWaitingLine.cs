namespace Billing.Abstractions.Cdr;

/// <summary>A line that waits for the other parts of its call.</summary>
/// <param name="Key">What all lines of the call have in common.</param>
/// <param name="Raw">Its bytes, without the line end.</param>
/// <param name="LineNumber">Where it stood in its file, counted from 1; the token of an earlier file's line (<see cref="CdrEarlierLine"/>) below zero.</param>
/// <param name="LineCount">How many lines of the file it covers; none of this file where it is an earlier file's.</param>
public sealed record CdrWaitingLine(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Raw, long LineNumber, int LineCount)
{
    /// <summary>True when it is a line of an earlier file.</summary>
    public bool IsEarlier => LineNumber < 0;
}
