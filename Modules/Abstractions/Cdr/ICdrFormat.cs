namespace Billing.Abstractions.Cdr;

/// <summary>
/// One carrier's CDR file format: turns the bytes of a file into call detail records. Most formats derive from
/// <see cref="DelimitedCdrFormat"/> and say only what a line means; this interface is for the others (XML, JSON, ASN.1).
/// </summary>
/// <remarks>
/// One object serves every file, on several threads at once: what belongs to one file goes into <see cref="CdrFile"/>.
/// A format only reads. It opens no file, no connection and no clock, knows no customer and stores nothing; the host counts, keeps
/// the raw lines, converts local times, finds duplicates and prices.
/// </remarks>
public interface ICdrFormat
{
    /// <summary>What the format is called, who sends it, and which clock its times are read from.</summary>
    CdrFormatInfo Info { get; }

    /// <summary>
    /// How sure the format is that the file is its own, from 0 (certainly not) to 100 (certainly). The host takes the highest
    /// answer of at least 50; a file that two are equally sure of is refused, with both named, until a person chooses. A file name alone is worth at most 60: files get renamed.
    /// </summary>
    int Recognise(in CdrSample sample);

    /// <summary>
    /// What the file's name and first bytes say about it before it is read: daily or monthly, its period, how many records it claims. The default: nothing.
    /// </summary>
    CdrFileFacts Describe(in CdrSample sample) => CdrFileFacts.Unknown;

    /// <summary>
    /// Reads a whole file and hands everything in it to the sink, in file order: each line ends in exactly one of the sink's
    /// three calls. Bad content never throws: it is a <see cref="ICdrSink.Problem"/>, and reading goes on with the next line.
    /// </summary>
    /// <param name="content">The bytes, unpacked and from the start; read once, forwards. The host owns and closes it.</param>
    /// <param name="file">The file's name, and the place for control totals and for state that spans lines.</param>
    /// <param name="sink">Takes what was read. What it is given is valid only during that call.</param>
    void Read(Stream content, CdrFile file, ICdrSink sink);
}
