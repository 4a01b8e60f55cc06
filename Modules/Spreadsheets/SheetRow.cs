namespace Billing.Spreadsheets;

/// <summary>A row of a sheet as text.</summary>
/// <param name="Number">
/// Where a person finds it: the line of a CSV that it begins on, the row of a spreadsheet; from 1.
/// </param>
/// <param name="Cells">
/// From the first column, trimmed, empty where there is nothing. An Excel date is <c>yyyy-MM-dd</c>, a number is written out in full with a
/// point, whatever the workbook shows.
/// </param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>A cell; empty where the row ends before it.</summary>
    public string this[int column] => column < Cells.Count ? Cells[column] : "";
}
