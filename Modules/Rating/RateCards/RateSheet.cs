using Billing.Spreadsheets;

namespace Billing.Rating.RateCards;

/// <summary>
/// Rates from a CSV or an Excel workbook with a header, put into a tariff's frame (currency, zone, bands, rounding, defaults). Columns are described
/// in docs/tariffs.md; their order is free.
/// </summary>
public static class RateSheet
{
    private static readonly SheetLimits limits = new(Bytes: 64 << 20, Rows: 1_000_001);

    /// <summary>Reads a file, CSV or the first sheet of a workbook: which one is seen from the content.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="frame">The tariff that the rates belong to.</param>
    /// <param name="mode">What becomes of the frame's own rates.</param>
    /// <returns>The frame with its new rates, or every fault with row and column.</returns>
    public static TariffReading Read(byte[] file, Tariff frame, RateSheetMode mode)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(frame);
        var isWorkbook = file.AsSpan().StartsWith("PK\u0003\u0004"u8);
        var rows = new SheetRates(frame, isWorkbook ? RateSheetWords.Workbook : RateSheetWords.Csv);
        if (SheetReader.Read(file, limits).TryGet(out var table, out var failure))
        {
            // Cells of a workbook end where its last filled one is; those of a text are counted, since a comma too many shifts all that follow.
            if (rows.Header(table[0].Cells))
                foreach (var row in table.Skip(1)) rows.Row(row.Number, row.Cells, mayBeShort: isWorkbook);
        }
        else rows.Errors.Add(failure.Code == "sheet.bad-csv" ? "tariff.bad-csv" : failure.Code, "the sheet", failure.Message);
        return rows.End(mode);
    }

    /// <summary>Reads a CSV to its end.</summary>
    /// <param name="csv">The text; a comma or a semicolon separates.</param>
    /// <param name="frame">The tariff that the rates belong to.</param>
    /// <param name="mode">What becomes of the frame's own rates.</param>
    /// <returns>The frame with its new rates, or every fault with line and column.</returns>
    public static TariffReading Read(TextReader csv, Tariff frame, RateSheetMode mode)
    {
        ArgumentNullException.ThrowIfNull(csv);
        ArgumentNullException.ThrowIfNull(frame);
        var rows = new SheetRates(frame, RateSheetWords.Csv);
        try
        {
            ReadRows(csv, rows);
        }
        catch (FormatException exception)
        {
            rows.Errors.Add("tariff.bad-csv", "the sheet", exception.Message);
        }
        return rows.End(mode);
    }

    private static void ReadRows(TextReader csv, SheetRates rows)
    {
        // The separator is in the header, so the header is read before the reader that needs to know it.
        var header = csv.ReadLine()?.TrimStart('\uFEFF') ?? "";
        var separator = CsvReader.SeparatorOf(header);
        using var headerText = new StringReader(header);
        if (!rows.Header(new CsvReader(headerText, separator).Next()?.Fields ?? [])) return;
        var reader = new CsvReader(csv, separator);
        while (reader.Next() is { } row) rows.Row(row.Line + 1, row.Fields, mayBeShort: false);
    }

    /// <summary>Takes a sheet row by row, wherever the rows come from.</summary>
    private sealed class SheetRates(Tariff frame, RateSheetWords words)
    {
        private readonly RateFrame checks = RateFrame.Of(frame);
        private readonly List<Rate> rates = [];
        private readonly List<int> lines = [];
        private RateSheetColumns? columns;
        private int width;

        public TariffErrors Errors { get; } = new();

        public bool Header(IReadOnlyList<string> names)
        {
            width = names.Count;
            columns = RateSheetColumns.TryRead(names, frame, words, Errors);
            return columns is not null;
        }

        public void Row(int line, IReadOnlyList<string> fields, bool mayBeShort)
        {
            var count = fields.Count;
            while (mayBeShort && count > width && fields[count - 1].Length == 0) count--;
            if (count > width || count < width && !mayBeShort)
            {
                Errors.Add("tariff.bad-row", words.Place(line), count < width
                    ? $"The row has {count} fields and the header {width}."
                    : $"The row has {count} fields and the header {width}. A name with a comma in it needs quotes; a decimal comma must be a point.");
                return;
            }
            if (new RateSheetRow(columns!, fields, line, Errors).ToRate(checks) is not { } rate) return;
            rates.Add(rate);
            lines.Add(line);
        }

        public TariffReading End(RateSheetMode mode)
        {
            if (rates.Count == 0 && !Errors.Any) Errors.Add("tariff.empty-sheet", words.Place(1), "The sheet has a header and no rates.");
            var own = mode == RateSheetMode.Add ? frame.Rates : [];
            List<Rate> all = [.. own, .. rates];
            RateChecks.CheckAmbiguity(all, PlaceOf, Errors);
            if (frame.Consumers is not null) ConsumerChecks.CheckFreeNumbers(all, PlaceOf, Errors);
            return Errors.Any ? TariffReading.Refused(Errors) : TariffReading.Of(frame.With(all));

            string PlaceOf(int rate) => rate < own.Count ? $"$.rates[{rate}] of the tariff" : words.Place(lines[rate - own.Count]);
        }
    }
}
