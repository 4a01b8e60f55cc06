namespace Billing.Abstractions.Testing;

/// <summary>One call of a sink, kept.</summary>
/// <param name="LineNumber">Counted from 1.</param>
/// <param name="LineCount">Lines of the file it stands for.</param>
/// <param name="Kind">Which of the three calls it was.</param>
/// <param name="Text">All that was in it but the line number, as JSON; equal texts are equal calls.</param>
/// <param name="Raw">The bytes that came with it, as text.</param>
public sealed record CdrEntry(long LineNumber, int LineCount, CdrEntryKind Kind, string Text, string Raw)
{
    /// <summary>The line of an approved result: the line number, then everything else.</summary>
    public override string ToString() => FormattableString.Invariant($"{{\"line\":{LineNumber},{Text[1..]}");
}
