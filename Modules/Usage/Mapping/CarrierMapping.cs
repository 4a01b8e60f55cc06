namespace Billing.Usage.Mapping;

/// <summary>
/// A carrier's delimited file described in words instead of code: how lines are cut, which clock and numbers it has, and which column is what. The document is
/// explained in <c>docs/carriers.md</c>; <see cref="MappingReader"/> reads and checks it.
/// </summary>
public sealed record CarrierMapping
{
    /// <summary>Stable id of the format, lower case with dashes. Stored with every file.</summary>
    public string Id { get; init; } = "";

    /// <summary>For people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whose files they are; two carriers' record ids are never compared.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>What a line is.</summary>
    public MappedKind Kind { get; init; }

    /// <summary>File name patterns (<c>*</c>, <c>?</c>). A name that fits makes the format surer of a file, no more.</summary>
    public IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>One ASCII character.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>One ASCII character, or empty where nothing is ever quoted.</summary>
    public string Quote { get; init; } = "\"";

    /// <summary>True when the first line always names the columns, false when it never does; otherwise it is found out.</summary>
    public bool? Heading { get; init; }

    /// <summary>How many columns a line has, where it is always the same number.</summary>
    public int? Columns { get; init; }

    /// <summary>Lines that start with this are remarks; empty for none.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True where amounts are written <c>1,50</c>.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>IANA name of the zone whose clock the file shows, or UTC. Never guessed, so it must be there; recurring charges have days and no clock, and need none.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>How numbers are written.</summary>
    public MappedNumbers Numbers { get; init; } = new();

    /// <summary>The last line, where it holds totals.</summary>
    public MappedTrailer? Trailer { get; init; }

    /// <summary>Which column is what.</summary>
    public MappedFields Fields { get; init; } = new();
}
