namespace Billing.Spreadsheets;

/// <summary>How much of a sheet is read. More is refused, named, rather than cut.</summary>
/// <param name="Bytes">Of the file.</param>
/// <param name="UnpackedBytes">Of an Excel file's parts together, which are packed: a small file may hold an endless one.</param>
/// <param name="Rows">With the header.</param>
/// <param name="Columns">Of a row.</param>
/// <param name="CellLength">Characters of a cell.</param>
public sealed record SheetLimits(long Bytes = 32 << 20, long UnpackedBytes = 512 << 20, int Rows = 200_001, int Columns = 200, int CellLength = 10_000);
