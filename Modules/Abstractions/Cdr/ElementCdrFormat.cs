namespace Billing.Abstractions.Cdr;

/// <summary>
/// The base of formats whose files consist of JSON objects or XML elements. A format derives from it, says which elements are records
/// (<see cref="CdrElements"/>) and what one means (<see cref="Read(ref CdrElement, ref CallDetailRecord)"/>); everything else is done here.
/// </summary>
/// <remarks>
/// Done here: cutting the file piece by piece, so that memory does not grow with it; wrapping objects, arrays, prologs and closing tags; damaged elements, each of
/// which costs one problem; files that were cut off; and numbering. Elements are counted from 1 in place of lines, header and trailer among them.
/// </remarks>
public abstract class ElementCdrFormat : ICdrFormat
{
    private const int ProbedBytes = 32_768;

    /// <summary>Names the format and how its files are cut.</summary>
    /// <exception cref="ArgumentException">An element may be longer than 16 MiB, or nothing at all.</exception>
    protected ElementCdrFormat(CdrFormatInfo info, CdrElements elements)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(elements);
        if (elements.MaxBytes is < 1024 or > 16 << 20) throw new ArgumentException("An element may have 1 KiB to 16 MiB.", nameof(elements));
        Info = info with { CountsElements = true };
        Elements = elements;
    }

    /// <inheritdoc/>
    public CdrFormatInfo Info { get; }

    /// <summary>How files are cut into elements.</summary>
    public CdrElements Elements { get; }

    // Tests make it small, to put its edges everywhere.
    internal int BufferBytes { get; set; } = 65_536;

    /// <inheritdoc/>
    /// <remarks>Usually <c>Probe(sample).Score(95)</c>.</remarks>
    public abstract int Recognise(in CdrSample sample);

    /// <inheritdoc/>
    public virtual CdrFileFacts Describe(in CdrSample sample) => CdrFileFacts.Unknown;

    /// <inheritdoc/>
    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sink);
        using ElementReader reader = Elements.IsXml ? new XmlElementReader(this, file, sink) : new JsonElementReader(this, file, sink);
        reader.Read(content);
    }

    /// <summary>Says what one element means, and fills in the record when it is one.</summary>
    /// <param name="element">The element.</param>
    /// <param name="call">An answered outbound voice record with everything else empty; its line number is set for you.</param>
    /// <returns>
    /// <see cref="CdrLineMeaning.Record"/> when the record is filled in; <see cref="CdrElement.Problem"/> when a getter said no or
    /// <see cref="CdrElement.Fail"/> was called; <see cref="CdrLineMeaning.Heading"/>, <see cref="CdrLineMeaning.Trailer"/> or
    /// <see cref="CdrLineMeaning.Comment"/> for elements that are no usage.
    /// </returns>
    protected abstract CdrLineMeaning Read(ref CdrElement element, ref CallDetailRecord call);

    /// <summary>Reads the beginning of a sample (32 KiB) as if it were this format, for <see cref="Recognise"/>.</summary>
    protected CdrProbe Probe(in CdrSample sample)
    {
        var head = sample.Head;
        var isCut = head.Length > ProbedBytes || !sample.IsWhole;
        if (head.Length > ProbedBytes) head = head[..ProbedBytes];
        var counter = new ProbeCounter(isCut);
        Read(new MemoryStream(head.ToArray()), new CdrFile(sample.FileName), counter);
        return counter.Probe;
    }

    internal CdrLineMeaning Interpret(ref CdrElement element, ref CallDetailRecord call) => Read(ref element, ref call);
}
