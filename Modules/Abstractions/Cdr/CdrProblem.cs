namespace Billing.Abstractions.Cdr;

/// <summary>Why a line could not be read: where, what, and the line itself, so that a person can mend it.</summary>
public readonly ref struct CdrProblem(long lineNumber, string code, string field, string message, ReadOnlySpan<byte> raw)
{
    /// <summary>Line of the file, counted from 1.</summary>
    public long LineNumber { get; } = lineNumber;

    /// <summary>Stable code, <c>cdr.bad-...</c>; see <see cref="CdrProblemCode"/> for the common ones.</summary>
    public string Code { get; } = code;

    /// <summary>Name or 1-based position of the field at fault; empty when it is the whole line.</summary>
    public string Field { get; } = field;

    /// <summary>One sentence for a person: what is wrong with which value.</summary>
    public string Message { get; } = message;

    /// <summary>The line as it stands in the file, or its beginning when it is absurdly long.</summary>
    public ReadOnlySpan<byte> Raw { get; } = raw;

    /// <summary>Lines of the file the problem stands for; more than 1 where a bad record holds line ends inside quotes.</summary>
    public int LineCount { get; init; } = 1;

    /// <summary>
    /// True when the problem is the file's, not one line's: it is no text, or nothing that could be read goes on from here. Nothing comes after
    /// it, the rest of the file stays unread, and a host stores none of it without a person's word.
    /// </summary>
    public bool EndsReading { get; init; }
}
