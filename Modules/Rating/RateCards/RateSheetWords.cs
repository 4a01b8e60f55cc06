using System.Globalization;

namespace Billing.Rating.RateCards;

/// <summary>What people call a place in a sheet: a text has lines, a workbook rows; both have columns, which a workbook names by letters.</summary>
sealed class RateSheetWords
{
    private readonly bool isWorkbook;

    private RateSheetWords(bool isWorkbook) => this.isWorkbook = isWorkbook;

    public static RateSheetWords Csv { get; } = new(false);

    public static RateSheetWords Workbook { get; } = new(true);

    public string Place(int row) => string.Create(CultureInfo.InvariantCulture, $"{(isWorkbook ? "row" : "line")} {row}");

    /// <param name="column">From 0.</param>
    public string Place(int row, int column) => $"{Place(row)}, column {(isWorkbook ? Letters(column) : (column + 1).ToString(CultureInfo.InvariantCulture))}";

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);
}
