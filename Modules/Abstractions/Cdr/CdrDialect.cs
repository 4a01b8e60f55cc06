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
    /// Longest record in bytes. A longer one is a <see cref="CdrProblemCode.LineTooLong"/>, and is not kept in memory. At most 16 MiB.
    /// </summary>
    public int MaxRecordBytes { get; init; } = 65_536;

    /// <summary>
    /// Most lines that one record may cover by line ends inside quotes. A quote that stays open for longer was never meant to: it
    /// costs the line that opened it, and reading goes on with the next one.
    /// </summary>
    public int MaxRecordLines { get; init; } = 16;
}
