using System.Globalization;
using System.Text;

namespace Billing.Spreadsheets;

/// <summary>
/// A table as CSV (RFC 4180, UTF-8 with a byte-order mark, for spreadsheets take it for Latin-1 without). A text that a spreadsheet would run as a
/// formula gets an apostrophe in front: customers' names come from outside.
/// </summary>
public sealed class CsvWriter : TableWriter
{
    private readonly StringBuilder text = new("\uFEFF");
    private bool isFirst = true;

    /// <inheritdoc/>
    public override string MediaType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public override string Extension => ".csv";

    /// <inheritdoc/>
    public override TableWriter Text(string? value)
    {
        value ??= "";
        return Cell(IsFormula(value) ? "'" + value : value);
    }

    /// <inheritdoc/>
    public override TableWriter Number(decimal value) => Cell(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override TableWriter Date(DateOnly value) => Cell(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override TableWriter EndRow()
    {
        text.Append("\r\n");
        isFirst = true;
        return this;
    }

    /// <summary>All rows.</summary>
    public override string ToString() => text.ToString();

    /// <inheritdoc/>
    public override byte[] ToBytes() => Encoding.UTF8.GetBytes(text.ToString());

    // A leading tab or line end can hide the sign from a reader and not from the spreadsheet; the full-width signs are signs to some of them.
    private static bool IsFormula(string value) => value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    private CsvWriter Cell(string value)
    {
        if (!isFirst) text.Append(',');
        isFirst = false;
        if (value.AsSpan().IndexOfAny("\",\r\n") < 0) text.Append(value);
        else text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }
}
