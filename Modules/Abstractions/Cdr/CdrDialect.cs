namespace Billing.Abstractions.Cdr;

/// <summary>How the lines of a delimited file are cut into fields. Line ends need no setting: LF, CRLF and CR are all understood, even mixed.</summary>
/// <param name="Delimiter">Between two fields: a comma, a semicolon, a bar, a tab. One ASCII character.</param>
public sealed record CdrDialect(char Delimiter = ',')
{
    /// <summary>
    /// Round a field that may hold delimiters, line ends, or the quote itself doubled. <c>'\0'</c> where the files never quote and a
    /// quotation mark is an ordinary character.
    /// </summary>
    public char Quote { get; init; } = '"';

    /// <summary>Whether the first line names the columns.</summary>
    public CdrHeading Heading { get; init; } = CdrHeading.Detect;

    /// <summary>True where amounts are written <c>1,50</c>; the delimiter is then something else, or the amounts are quoted.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Names of the columns in order, used in messages ("field 7 (Duration)"); empty when there are none.</summary>
    public IReadOnlyList<string> FieldNames { get; init; } = [];

    /// <summary>
    /// Where the fields stand in files of fixed width; empty for delimited files. A field is one column, whatever lies between them belongs to none, and a
    /// line that ends before a column has it empty (<see cref="CdrLine.HasLength(int, int)"/>).
    /// </summary>
    public IReadOnlyList<CdrColumn> Columns { get; init; } = [];

    /// <summary>
    /// Longest record in bytes. A longer one is a <see cref="CdrProblemCode.LineTooLong"/>, and is not kept in memory. At most 16 MiB.
    /// </summary>
    public int MaxRecordBytes { get; init; } = 65_536;

    /// <summary>
    /// Most lines that one record may cover by line ends inside quotes. A quote that stays open for longer was never meant to: it
    /// costs the line that opened it, and reading goes on with the next one.
    /// </summary>
    public int MaxRecordLines { get; init; } = 16;

    /// <summary>Lines whose fields have fixed places: nothing is quoted, and there is no heading.</summary>
    /// <param name="columns">Where the fields stand; a field's number is its column's place in this list, from 1.</param>
    /// <exception cref="ArgumentException">A column ends before it begins, or begins before the first byte.</exception>
    public static CdrDialect FixedWidth(params IReadOnlyList<CdrColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
            if (column.From < 1 || column.To < column.From) throw new ArgumentException($"No line has a column from {column.From} to {column.To}.", nameof(columns));
        // No text has a unit separator, so the whole line is one piece.
        return new('\x1F') { Quote = '\0', Heading = CdrHeading.Never, Columns = columns, FieldNames = [.. columns.Select(column => column.Name)] };
    }
}
