using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Billing.Abstractions.Values;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Billing.Spreadsheets;

/// <summary>The first visible sheet of an Excel workbook as rows of text: formulas by their stored value, dates as dates, numbers in full.</summary>
sealed class XlsxReader
{
    private readonly SheetLimits limits;
    private readonly List<string> strings = [];
    private readonly HashSet<uint> dateStyles = [];
    private bool isSince1904;

    private XlsxReader(SheetLimits limits) => this.limits = limits;

    public static Result<IReadOnlyList<SheetRow>> Read(byte[] bytes, SheetLimits limits)
    {
        try
        {
            if (UnpackedSize(bytes) is var size && size > limits.UnpackedBytes)
                return new Failure("sheet.too-big", $"The workbook unpacks to {size:N0} bytes; {limits.UnpackedBytes:N0} are taken. Split it.");
            using var file = new MemoryStream(bytes, writable: false);
            using var document = SpreadsheetDocument.Open(file, isEditable: false, new OpenSettings { MaxCharactersInPart = limits.UnpackedBytes });
            return new XlsxReader(limits).Read(document);
        }
        catch (Exception problem) when (problem is InvalidDataException or OpenXmlPackageException or XmlException or FormatException or FileFormatException or KeyNotFoundException or ArgumentException or InvalidOperationException or OverflowException)
        {
            return new Failure("sheet.bad-workbook", $"The workbook can't be read: {problem.Message.ReplaceLineEndings(" ")} Open it in a spreadsheet, save it again as .xlsx, and try once more.");
        }
    }

    private Result<IReadOnlyList<SheetRow>> Read(SpreadsheetDocument document)
    {
        if (document.WorkbookPart is not { Workbook: { } workbook } book) return new Failure("sheet.not-a-table", "The file is a ZIP archive and no Excel workbook (.xlsx).");
        isSince1904 = workbook.WorkbookProperties?.Date1904?.Value ?? false;
        ReadStrings(book);
        ReadStyles(book);
        var first = workbook.Descendants<Sheet>().FirstOrDefault(sheet => sheet.State is null || sheet.State == SheetStateValues.Visible);
        if (first?.Id?.Value is not { } id || book.GetPartById(id) is not WorksheetPart part) return SheetReader.Empty;

        var rows = new List<SheetRow>();
        using var reader = OpenXmlReader.Create(part);
        var number = 0;
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement) continue;
            var row = (Row)reader.LoadCurrentElement()!;
            number = (int?)row.RowIndex?.Value ?? number + 1;
            var cells = CellsOf(row);
            if (cells.TrueForAll(cell => cell.Length == 0)) continue;
            var read = new SheetRow(number, cells);
            if (SheetReader.Excess(read, rows.Count, limits) is { } failure) return failure;
            rows.Add(read);
        }
        return rows.Count == 0 ? SheetReader.Empty : Result.Of<IReadOnlyList<SheetRow>>(rows);
    }

    private List<string> CellsOf(Row row)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : cells.Count;
            // One cell beyond the limit is enough for it to be refused.
            if (column > limits.Columns) column = limits.Columns;
            while (cells.Count < column) cells.Add("");
            if (cells.Count == column) cells.Add(TextOf(cell).Trim());
        }
        while (cells.Count > 0 && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
        return cells;
    }

    private string TextOf(Cell cell)
    {
        if (cell.DataType?.Value == CellValues.InlineString) return cell.InlineString is { } inline ? Plain(inline) : "";
        var value = cell.CellValue?.Text ?? "";
        if (value.Length == 0) return "";
        if (cell.DataType?.Value is not { } type || type == CellValues.Number) return NumberText(value, cell.StyleIndex?.Value ?? 0);
        if (type == CellValues.SharedString) return strings[int.Parse(value, CultureInfo.InvariantCulture)];
        if (type == CellValues.Boolean) return value == "1" ? "TRUE" : "FALSE";
        return value;
    }

    // What a workbook stores as 4.4113496E11 is a number whose digits are known; how many digits were typed is not.
    private string NumberText(string value, uint style)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return value;
        if (dateStyles.Contains(style) && SerialDate.Read(number, isSince1904) is { } day) return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // A workbook computes in binary: 0.1 + 0.2 is stored as 0.30000000000000004. Fifteen digits are what it promises.
        return Significant(number).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static decimal Significant(decimal number)
    {
        var whole = (int)Math.Floor(Math.Log10(Math.Max(1, (double)Math.Abs(number)))) + 1;
        return whole >= 15 ? number : Math.Round(number, 15 - whole, MidpointRounding.ToEven);
    }

    private void ReadStrings(WorkbookPart book)
    {
        if (book.SharedStringTablePart is not { } part) return;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement) strings.Add(Plain(reader.LoadCurrentElement()!));
    }

    // Phonetic hints stand beside the text and are not it.
    private static string Plain(OpenXmlElement item) =>
        string.Concat(item.Descendants<Text>().Where(text => text.Parent is not PhoneticRun).Select(text => text.Text));

    private void ReadStyles(WorkbookPart book)
    {
        if (book.WorkbookStylesPart?.Stylesheet is not { CellFormats: { } formats } sheet) return;
        var own = sheet.NumberingFormats?.Elements<NumberingFormat>().Where(f => f.NumberFormatId?.Value is not null && IsDate(f.FormatCode?.Value ?? ""))
            .Select(f => f.NumberFormatId!.Value).ToHashSet() ?? [];
        uint style = 0;
        foreach (var format in formats.Elements<CellFormat>())
        {
            // 14 to 17 and 22 are the built-in dates.
            if (format.NumberFormatId?.Value is { } id && (id is >= 14 and <= 17 or 22 || own.Contains(id))) dateStyles.Add(style);
            style++;
        }
    }

    // A day, month or year outside quotes and brackets.
    private static bool IsDate(string code)
    {
        var isPlain = true;
        for (var i = 0; i < code.Length; i++)
            switch (code[i])
            {
                case '"': isPlain = !isPlain; break;
                case '\\' or '_' or '*': i++; break;
                case '[': i = code.IndexOf(']', i) is var end and >= 0 ? end : code.Length; break;
                case 'd' or 'D' or 'y' or 'Y' when isPlain: return true;
                default: break;
            }
        return false;
    }

    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var c in reference.TakeWhile(char.IsAsciiLetter)) column = checked(column * 26 + (char.ToUpperInvariant(c) - 'A' + 1));
        return column - 1;
    }

    private static long UnpackedSize(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false));
        return archive.Entries.Sum(entry => entry.Length);
    }
}
