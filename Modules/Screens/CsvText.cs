using System.Globalization;
using System.Text;

namespace Billing.Screens;

/// <summary>
/// A table as CSV (RFC 4180, UTF-8 with a byte-order mark, for spreadsheets take it for Latin-1 without). A text that a spreadsheet would run as a
/// formula gets an apostrophe in front: customers' names come from outside.
/// </summary>
public sealed class CsvText
{
    private readonly StringBuilder text = new("\uFEFF");
    private bool isFirst = true;

    /// <summary>Media type of <see cref="ToString"/>.</summary>
    public const string MediaType = "text/csv; charset=utf-8";

    /// <summary>Adds a cell of words.</summary>
    public CsvText Text(string? value)
    {
        value ??= "";
        return Cell(IsFormula(value) ? "'" + value : value);
    }

    /// <summary>Adds a cell that is a number of ours, never taken for a formula.</summary>
    public CsvText Number(decimal value) => Cell(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a cell that is a date.</summary>
    public CsvText Date(DateOnly value) => Cell(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Ends a row.</summary>
    public CsvText EndRow()
    {
        text.Append("\r\n");
        isFirst = true;
        return this;
    }

    /// <summary>All rows.</summary>
    public override string ToString() => text.ToString();

    // A leading tab or line end can hide the sign from a reader and not from the spreadsheet; the full-width signs are signs to some of them.
    private static bool IsFormula(string value) => value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    private CsvText Cell(string value)
    {
        if (!isFirst) text.Append(',');
        isFirst = false;
        if (value.AsSpan().IndexOfAny("\",\r\n") < 0) text.Append(value);
        else text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }
}
