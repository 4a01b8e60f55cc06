using Billing.Spreadsheets;

namespace Billing.Rating.RateCards;

/// <summary>
/// Rates from a CSV with a header, as spreadsheets export them, put into a tariff's frame (currency, zone, bands, rounding,
/// defaults). Columns are described in docs/tariffs.md; their order is free.
/// </summary>
public static class RateSheet
{
    /// <summary>Reads a sheet to its end.</summary>
    /// <param name="csv">The text; a comma or a semicolon separates.</param>
    /// <param name="frame">The tariff that the rates belong to.</param>
    /// <param name="mode">What becomes of the frame's own rates.</param>
    /// <returns>The frame with its new rates, or every fault with line and column.</returns>
    public static TariffReading Read(TextReader csv, Tariff frame, RateSheetMode mode)
    {
        ArgumentNullException.ThrowIfNull(csv);
        ArgumentNullException.ThrowIfNull(frame);
        var errors = new TariffErrors();
        var rates = new List<Rate>();
        var lines = new List<int>();
        try
        {
            ReadRows(csv, frame, rates, lines, errors);
        }
        catch (FormatException exception)
        {
            errors.Add("tariff.bad-csv", "the sheet", exception.Message);
        }

        if (rates.Count == 0 && !errors.Any) errors.Add("tariff.empty-sheet", "line 1", "The sheet has a header and no rates.");
        var own = mode == RateSheetMode.Add ? frame.Rates : [];
        List<Rate> all = [.. own, .. rates];
        RateChecks.CheckAmbiguity(all, i => i < own.Count ? $"$.rates[{i}] of the tariff" : $"line {lines[i - own.Count]}", errors);
        return errors.Any ? TariffReading.Refused(errors) : TariffReading.Of(frame.With(all));
    }

    private static void ReadRows(TextReader csv, Tariff frame, List<Rate> rates, List<int> lines, TariffErrors errors)
    {
        // The separator is in the header, so the header is read before the reader that needs to know it.
        var header = csv.ReadLine()?.TrimStart('\uFEFF') ?? "";
        var separator = CsvReader.SeparatorOf(header);
        using var headerText = new StringReader(header);
        var names = new CsvReader(headerText, separator).Next()?.Fields ?? [];
        if (RateSheetColumns.TryRead(names, frame, errors) is not { } columns) return;

        var reader = new CsvReader(csv, separator);
        while (reader.Next() is { } row)
        {
            var line = row.Line + 1;
            if (row.Fields.Count != names.Count)
            {
                errors.Add("tariff.bad-row", $"line {line}", row.Fields.Count < names.Count
                    ? $"The row has {row.Fields.Count} fields and the header {names.Count}."
                    : $"The row has {row.Fields.Count} fields and the header {names.Count}. A name with a comma in it needs quotes; a decimal comma must be a point.");
                continue;
            }
            if (new RateSheetRow(columns, row.Fields, line, errors).ToRate(frame) is not { } rate) continue;
            rates.Add(rate);
            lines.Add(line);
        }
    }
}
