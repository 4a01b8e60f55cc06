using System.Text;
using Billing.Abstractions.Values;

namespace Billing.Spreadsheets;

/// <summary>Reads a table that a person made: CSV in its dialects, or the first sheet of an Excel workbook. Which one is seen from the content.</summary>
public static class SheetReader
{
    // Windows' own encoding for these 32 places; the rest of it is Latin-1. Spreadsheets on Windows still save CSV in it.
    private const string Windows1252 = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>All rows that are not empty, the header first.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="limits">How much is read.</param>
    /// <returns>The rows, or a failure with a code <c>sheet.*</c>.</returns>
    public static Result<IReadOnlyList<SheetRow>> Read(byte[] bytes, SheetLimits limits)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(limits);
        if (bytes.Length > limits.Bytes) return new Failure("sheet.too-big", $"The file has {bytes.Length:N0} bytes; {limits.Bytes:N0} are taken. Split it.");
        if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)) return XlsxReader.Read(bytes, limits);
        if (bytes.AsSpan().StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
            return new Failure("sheet.old-excel", "This is a workbook in Excel's old form (.xls), or one with a password. Save it as .xlsx or CSV without a password.");
        return ReadCsv(TextOf(bytes), limits);
    }

    private static Result<IReadOnlyList<SheetRow>> ReadCsv(string text, SheetLimits limits)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return new Failure("sheet.not-a-table", "The file is neither text nor an Excel workbook (.xlsx).");
        var rows = new List<SheetRow>();
        using var lines = new StringReader(text);
        var separator = CsvReader.SeparatorOf(FirstLine(text));
        try
        {
            var reader = new CsvReader(lines, separator);
            while (reader.Next() is { } row)
            {
                if (row.Fields.TrueForAll(field => field.Length == 0)) continue;
                var read = new SheetRow(row.Line, row.Fields);
                if (Excess(read, rows.Count, limits) is { } failure) return failure;
                rows.Add(read);
            }
        }
        catch (FormatException problem)
        {
            return new Failure("sheet.bad-csv", "In " + problem.Message);
        }
        return rows.Count == 0 ? Empty : Result.Of<IReadOnlyList<SheetRow>>(rows);
    }

    internal static Failure Empty { get; } = new("sheet.empty", "The file has no row.");

    internal static Failure? Excess(SheetRow row, int before, SheetLimits limits)
    {
        if (before >= limits.Rows) return new Failure("sheet.too-many-rows", $"The sheet has more than {limits.Rows - 1:N0} rows below its header. Split it.");
        if (row.Cells.Count > limits.Columns) return new Failure("sheet.too-many-columns", $"Row {row.Number} has {row.Cells.Count} columns; {limits.Columns} are taken.");
        return row.Cells.Any(cell => cell.Length > limits.CellLength)
            ? new Failure("sheet.long-cell", $"Row {row.Number} has a cell with more than {limits.CellLength:N0} characters.")
            : null;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];

    private static string TextOf(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(new byte[] { 0xFF, 0xFE })) return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes.AsSpan().StartsWith(new byte[] { 0xFE, 0xFF })) return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return string.Create(bytes.Length, bytes, static (text, from) =>
            {
                for (var i = 0; i < from.Length; i++) text[i] = from[i] is >= 0x80 and < 0xA0 ? Windows1252[from[i] - 0x80] : (char)from[i];
            });
        }
    }
}
