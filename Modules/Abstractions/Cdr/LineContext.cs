using System.Globalization;

namespace Billing.Abstractions.Cdr;

/// <summary>What all lines of one reading share.</summary>
sealed class LineContext(CdrFile file, CdrDialect dialect)
{
    private byte[] scratch = [];
    private int scratchUsed;

    public CdrFile File { get; } = file;

    public CdrDialect Dialect { get; } = dialect;

    /// <summary>The quote; where there is none, a byte that no trimmed field starts with.</summary>
    public byte Quote { get; } = (byte)dialect.Quote;

    /// <summary>Dates that were read before.</summary>
    public KnownDates Dates { get; } = new();

    /// <summary>Where the fields stand in files of fixed width; null for delimited files.</summary>
    public CdrColumn[]? Columns { get; } = dialect.Columns.Count == 0 ? null : [.. dialect.Columns];

    public bool DecimalComma { get; } = dialect.DecimalComma;

    public CdrJoiner Joiner => File.Joiner;

    /// <summary>Names of the columns, as the format knows them or else as the file's heading has them.</summary>
    public IReadOnlyList<string> Names { get; set; } = dialect.FieldNames;

    public string NameOf(int field) => field >= 1 && field <= Names.Count && Names[field - 1].Length > 0 ? Names[field - 1] : field.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Room for a field without its doubled quotes, until the next line. Spans given out before stay good: when the room is used up a larger
    /// one takes over, and the old one lives as long as somebody looks at it. After a few lines there is nothing left to grow.
    /// </summary>
    public Span<byte> Scratch(int length)
    {
        if (scratch.Length - scratchUsed < length)
        {
            scratch = new byte[Math.Max(length, Math.Max(1024, scratch.Length * 2))];
            scratchUsed = 0;
        }
        var room = scratch.AsSpan(scratchUsed, length);
        scratchUsed += length;
        return room;
    }

    /// <summary>What was given out for the last line is free again.</summary>
    public void NextLine() => scratchUsed = 0;
}
