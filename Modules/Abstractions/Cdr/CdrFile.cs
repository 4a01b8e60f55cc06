namespace Billing.Abstractions.Cdr;

/// <summary>One file while it is being read: its name, its control totals, and whatever a format has to remember between lines.</summary>
/// <param name="name">Name without folder.</param>
/// <param name="earlier">Lines of the carrier's earlier files that wait for the rest of their calls; see <see cref="CdrEarlierLine"/>.</param>
public sealed class CdrFile(string name, IReadOnlyList<CdrEarlierLine>? earlier = null)
{
    private readonly List<CdrTotals> expected = [];
    private CdrJoiner? joiner;

    /// <summary>Name without folder.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Lines of earlier files that wait for the rest of their calls. A <see cref="DelimitedCdrFormat"/> joins them by itself; other formats may leave them alone.
    /// </summary>
    public IReadOnlyList<CdrEarlierLine> Earlier { get; } = earlier ?? [];

    /// <summary>For the format alone: the columns a heading named, the day a header gave. The host never looks.</summary>
    public object? State { get; set; }

    /// <summary>Totals that the file's own header or trailer claims. The host compares them with what it counted before anything is stored.</summary>
    public IReadOnlyList<CdrTotals> Expected => expected;

    /// <summary>Where lines wait for the other parts of their call; made when first asked for.</summary>
    public CdrJoiner Joiner => joiner ??= new CdrJoiner();

    internal bool HasJoiner => joiner is not null;

    /// <summary>Notes totals to be compared once the file has been read; may be called several times.</summary>
    public void Expect(CdrTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        expected.Add(totals);
    }
}
