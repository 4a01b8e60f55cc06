using System.Globalization;

namespace Billing.Spreadsheets;

/// <summary>A table that is being written cell by cell, whatever the form of its file.</summary>
public abstract class TableWriter
{
    /// <summary>As HTTP names the form.</summary>
    public abstract string MediaType { get; }

    /// <summary>How the file's name ends, with the dot.</summary>
    public abstract string Extension { get; }

    /// <summary>A writer by the last part of an address: <c>csv</c> or <c>xlsx</c>; null for anything else.</summary>
    /// <param name="form">Lower case.</param>
    /// <param name="title">Name of the sheet, where the form has one.</param>
    public static TableWriter? Of(string form, string title) => form switch
    {
        "csv" => new CsvWriter(),
        "xlsx" => new XlsxWriter(title),
        _ => null,
    };

    /// <summary>Adds a cell of words, which no spreadsheet will run as a formula.</summary>
    public abstract TableWriter Text(string? value);

    /// <summary>Adds a cell that is a number of ours.</summary>
    public abstract TableWriter Number(decimal value);

    /// <summary>Adds a cell that is a price: two decimals, and up to six where it has them.</summary>
    public TableWriter Price(decimal value) => Number(decimal.Parse(value.ToString("0.00####", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>Adds a cell that is a date.</summary>
    public abstract TableWriter Date(DateOnly value);

    /// <summary>Ends a row. The first row is the header.</summary>
    public abstract TableWriter EndRow();

    /// <summary>The file; nothing is added after it.</summary>
    public abstract byte[] ToBytes();
}
