namespace Billing.Abstractions.Cdr;

/// <summary>The lines of one call that have arrived so far, oldest first; the last one is the line just read.</summary>
public readonly ref struct CdrParts
{
    private readonly LineContext? context;

    internal CdrParts(CdrJoiner.Group group, LineContext? context)
    {
        Group = group;
        this.context = context;
    }

    /// <summary>How many; at least 1.</summary>
    public int Count => Group.Lines.Count;

    /// <summary>A line as it was when it arrived, from 0. What its getters give stays good until the next line is read.</summary>
    /// <exception cref="InvalidOperationException">The lines have no fields: they were added by a format that is not delimited. Use <see cref="Raw"/>.</exception>
    public CdrLine this[int index]
    {
        get
        {
            if (context is null) throw new InvalidOperationException("These parts have no fields; read their raw bytes.");
            var line = Group.Lines[index];
            return new CdrLine(line.Raw.Span, 0, Group.Ends[index], mayHaveDoubledQuotes: true, line.LineNumber, line.LineCount, context);
        }
    }

    /// <summary>A line's bytes, from 0.</summary>
    public ReadOnlySpan<byte> Raw(int index) => Group.Lines[index].Raw.Span;

    /// <summary>Where a line stood in the file, from 0.</summary>
    public long LineNumber(int index) => Group.Lines[index].LineNumber;

    internal CdrJoiner.Group Group { get; }
}
