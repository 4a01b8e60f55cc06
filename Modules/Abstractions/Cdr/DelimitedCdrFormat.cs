namespace Billing.Abstractions.Cdr;

/// <summary>
/// The base of formats with one record a line and a delimiter between fields (CSV and its relatives). A format derives from it, says how lines are cut
/// (<see cref="CdrDialect"/>) and what a line means (<see cref="Read(ref CdrLine, ref CallDetailRecord)"/>); everything else is done here.
/// </summary>
/// <remarks>
/// Done here: byte order mark, all kinds of line ends, quotes and quoted line ends, headings, blank lines, damaged and binary files, records over several
/// lines (<see cref="CdrLine.Join"/>), and numbering. A good line costs no allocation. One bad line costs one problem: a quote that would swallow the rest
/// of the file costs the line it stands on.
/// </remarks>
public abstract class DelimitedCdrFormat : ICdrFormat
{
    private const int ProbedBytes = 16_384;

    /// <summary>Names the format and how its lines are cut.</summary>
    /// <exception cref="ArgumentException">The dialect can't be: a delimiter that is no ASCII character, or is the quote or a line end.</exception>
    protected DelimitedCdrFormat(CdrFormatInfo info, CdrDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(dialect);
        if (!char.IsAscii(dialect.Delimiter) || !char.IsAscii(dialect.Quote) || dialect.Delimiter == dialect.Quote || dialect.Delimiter is '\0' or '\r' or '\n'
            || dialect.Quote is '\r' or '\n')
            throw new ArgumentException("Delimiter and quote must be two different ASCII characters and no line ends.", nameof(dialect));
        if (dialect.MaxRecordBytes is < 80 or > 16 << 20 || dialect.MaxRecordLines < 1)
            throw new ArgumentException("A record may have 80 bytes to 16 MiB and at least one line.", nameof(dialect));
        Info = info;
        Dialect = dialect;
    }

    /// <inheritdoc/>
    public CdrFormatInfo Info { get; }

    /// <summary>How lines are cut into fields.</summary>
    public CdrDialect Dialect { get; }

    // Tests make it small, to put its edges everywhere.
    internal int BufferBytes { get; set; } = 262_144;

    /// <inheritdoc/>
    /// <remarks>Usually <c>Probe(sample).Score(95)</c>, after a look at the file name where that says more than the content.</remarks>
    public abstract int Recognise(in CdrSample sample);

    /// <inheritdoc/>
    public virtual CdrFileFacts Describe(in CdrSample sample) => CdrFileFacts.Unknown;

    /// <inheritdoc/>
    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sink);
        using var reader = new DelimitedReader(this, file, sink, BufferBytes);
        reader.Read(content);
    }

    /// <summary>Says what one line means, and fills in the record when it is one.</summary>
    /// <param name="line">The line, cut into fields. Blank lines never come here.</param>
    /// <param name="call">An answered outbound voice record with everything else empty; its line number is set for you.</param>
    /// <returns>
    /// <see cref="CdrLineMeaning.Record"/> when the record is filled in; <see cref="CdrLine.Problem"/> when a getter said no or
    /// <see cref="CdrLine.Fail"/> was called; what else the line is otherwise. Whatever it is, the line is counted.
    /// </returns>
    protected abstract CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call);

    /// <summary>Reads the beginning of a sample (16 KiB) as if it were this format, for <see cref="Recognise"/>.</summary>
    protected CdrProbe Probe(in CdrSample sample)
    {
        var head = sample.Head;
        if (head.Length > ProbedBytes || !sample.IsWhole)
        {
            head = head[..Math.Min(head.Length, ProbedBytes)];
            // The last line is cut off; judging it would be unfair.
            head = head[..(head.LastIndexOfAny((byte)'\n', (byte)'\r') + 1)];
        }
        var counter = new ProbeCounter(isCut: false);
        Read(new MemoryStream(head.ToArray()), new CdrFile(sample.FileName), counter);
        return counter.Probe;
    }

    internal CdrLineMeaning Interpret(ref CdrLine line, ref CallDetailRecord call) => Read(ref line, ref call);
}
