using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Billing.Spreadsheets;

/// <summary>
/// A table as an Excel workbook of one sheet, with a bold header that stays in sight. Words are text cells: a spreadsheet shows them as they
/// are and never runs them. Numbers keep every digit up to the fifteen that a spreadsheet can hold.
/// </summary>
public sealed class XlsxWriter : TableWriter
{
    private const uint HeaderStyle = 1;
    private const uint DateStyle = 2;
    private const int LongestCell = 32_767;

    private readonly List<List<Cell>> rows = [[]];
    private readonly string title;

    /// <summary>An empty sheet.</summary>
    /// <param name="title">Its name; what Excel forbids in one is left out, and it is cut at 31 characters.</param>
    public XlsxWriter(string title) => this.title = NameOf(title);

    /// <inheritdoc/>
    public override string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <inheritdoc/>
    public override string Extension => ".xlsx";

    /// <inheritdoc/>
    public override TableWriter Text(string? value)
    {
        var cell = new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Writable(value ?? "")) { Space = SpaceProcessingModeValues.Preserve }) };
        if (rows.Count == 1) cell.StyleIndex = HeaderStyle;
        return Add(cell);
    }

    /// <inheritdoc/>
    public override TableWriter Number(decimal value) =>
        Add(new Cell { DataType = CellValues.Number, CellValue = new CellValue(value.ToString(CultureInfo.InvariantCulture)) });

    /// <inheritdoc/>
    public override TableWriter Date(DateOnly value) =>
        Add(new Cell { DataType = CellValues.Number, CellValue = new CellValue(SerialDate.Of(value).ToString(CultureInfo.InvariantCulture)), StyleIndex = DateStyle });

    /// <inheritdoc/>
    public override TableWriter EndRow()
    {
        rows.Add([]);
        return this;
    }

    /// <inheritdoc/>
    public override byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var part = book.AddNewPart<WorksheetPart>();
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = title }));
            using var sheet = OpenXmlWriter.Create(part);
            sheet.WriteStartElement(new Worksheet());
            sheet.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
            sheet.WriteStartElement(new SheetData());
            for (var i = 0; i < rows.Count; i++)
                if (rows[i].Count > 0) sheet.WriteElement(new Row(rows[i].Select(cell => (OpenXmlElement)cell.CloneNode(deep: true))) { RowIndex = (uint)i + 1 });
            sheet.WriteEndElement();
            sheet.WriteEndElement();
        }
        return file.ToArray();
    }

    private XlsxWriter Add(Cell cell)
    {
        rows[^1].Add(cell);
        return this;
    }

    // XML knows no control characters, and Excel no longer cells.
    private static string Writable(string value)
    {
        var text = new StringBuilder(Math.Min(value.Length, LongestCell));
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > LongestCell) break;
            if (rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF)) text.Append(rune.ToString());
        }
        return text.ToString();
    }

    private static string NameOf(string title)
    {
        var name = string.Concat(Writable(title).Where(c => !@"\/?*[]:".Contains(c, StringComparison.Ordinal))).Trim('\'', ' ');
        return name.Length == 0 ? "Sheet" : name.Length > 31 ? name[..31] : name;
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy\\-mm\\-dd" }) { Count = 1 },
        new Fonts(new Font(), new Font(new Bold())) { Count = 2 },
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
        new Borders(new Border()) { Count = 1 },
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true }) { Count = 3 });
}
