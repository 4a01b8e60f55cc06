using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Billing.Onboarding.Rows;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Onboarding.Kinds;

/// <summary>
/// The rates of one tariff. Amounts and days are read as in every other file; then the rows go through the rate sheet's own reader, so that a rate
/// from here has passed the same checks as one from a document.
/// </summary>
internal static partial class RateRows
{
    private static readonly string[] Amounts = ["per_minute", "connection", "per_call", "minimum", "maximum"];
    private static readonly string[] Texts = ["prefix", "charge_code", "short_code", "destination"];

    public static async Task<(ImportPlan Plan, string? Document, int Seen)> PlanAsync(
        TenantDb db, Tenant tenant, IReadOnlyList<RowReader> rows, ImportSettings settings, CancellationToken cancellationToken)
    {
        var entry = (await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(t => t.Code == settings.TariffCode);
        var before = entry is { Latest: > 0 } ? TariffReader.Read((await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest, cancellationToken))!).TariffOrThrow() : null;
        var seen = entry?.Latest ?? 0;
        if (string.IsNullOrWhiteSpace(settings.TariffCode)) return (Refused(rows, "onboarding.no-tariff-chosen", "Choose above which tariff these rates are for."), null, seen);
        string? wrong = null;
        var frame = before ?? FrameOf(tenant, settings, out wrong);
        if (frame is null) return (Refused(rows, "onboarding.bad-settings", wrong!), null, seen);

        var faults = new List<RowFault>();
        var sheets = rows.ToDictionary(row => row, Canonical);
        foreach (var row in rows) faults.AddRange(row.Faults);
        var good = rows.Where(row => !row.IsWrong).ToList();
        // Leaving a wrong row out can't make another wrong, but which row of an ambiguous pair is named depends on what else is there.
        while (good.Count > 0)
        {
            var reading = RateSheet.Read(new StringReader(SheetOf(good.Select(row => sheets[row]))), frame, settings.IsAddition && before is not null ? RateSheetMode.Add : RateSheetMode.Replace);
            if (reading.IsAccepted) return (PlanOf(good, faults, before, reading.Tariff), TariffWriter.Write(reading.Tariff), seen);
            var named = new HashSet<RowReader>();
            foreach (var error in reading.Errors)
                if (Place().Match(error.Place) is { Success: true } place && int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 2 is var index && index >= 0 && index < good.Count)
                {
                    var count = good[index].Faults.Count;
                    good[index].Refuse("onboarding." + error.Code[(error.Code.IndexOf('.', StringComparison.Ordinal) + 1)..], place.Groups[2].Value, Rows(error.Message, good));
                    faults.AddRange(good[index].Faults.Skip(count));
                    named.Add(good[index]);
                }
            if (named.Count == 0) return (Refused(good, "onboarding.bad-rates", reading.Errors[0].Message), null, seen);
            good.RemoveAll(named.Contains);
        }
        return (new ImportPlan([], faults), null, seen);
    }

    /// <summary>A tariff without rates, for those of the file.</summary>
    private static Tariff? FrameOf(Tenant tenant, ImportSettings settings, out string? wrong)
    {
        var document = JsonSerializer.Serialize(new
        {
            formatVersion = 1,
            name = string.IsNullOrWhiteSpace(settings.TariffName) ? settings.TariffCode : settings.TariffName,
            currency = tenant.Currency.Code,
            timeZone = tenant.TimeZone.Id,
            rounding = new { mode = settings.RoundingMode, unit = settings.RoundingUnit, level = "call" },
            defaults = new { interval = new { first = settings.FirstSeconds, next = settings.NextSeconds } },
            rates = Array.Empty<object>(),
        });
        var reading = TariffReader.Read(document);
        wrong = reading.IsAccepted ? null : "The settings of the new tariff are not right: " + reading.Errors[0].Message;
        return reading.Tariff;
    }

    private static Dictionary<string, string> Canonical(RowReader row)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Texts) cells[field] = (row.Text(field) ?? "").ReplaceLineEndings(" ");
        if (cells["prefix"].Length > 0) cells["prefix"] = cells["prefix"].TrimStart('+').Replace(" ", "", StringComparison.Ordinal);
        row.Required("destination");
        foreach (var field in Amounts) cells[field] = row.Amount(field)?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "";
        foreach (var field in (string[])["first", "next"]) cells[field] = row.Whole(field, 1, 86_400)?.ToString(CultureInfo.InvariantCulture) ?? "";
        cells["free"] = row.Flag("free") switch { true => "true", false => "false", null => "" };
        cells["from"] = row.Date("from")?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        // A file says the last day, a tariff the first day after it.
        cells["to"] = row.Date("to")?.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        return cells;
    }

    private static string SheetOf(IEnumerable<Dictionary<string, string>> rows)
    {
        string[] columns = [.. Texts, .. Amounts, "first", "next", "free", "from", "to"];
        var csv = new StringBuilder(string.Join(',', columns)).Append('\n');
        foreach (var row in rows) csv.AppendJoin(',', columns.Select(c => "\"" + row[c].Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")).Append('\n');
        return csv.ToString();
    }

    private static ImportPlan PlanOf(List<RowReader> rows, List<RowFault> faults, Tariff? before, Tariff after)
    {
        var comparison = TariffComparison.Of(before, after);
        var added = comparison.Added.Select(KeyOf).ToHashSet();
        var changed = comparison.Changed.Select(c => KeyOf(c.After)).ToHashSet();
        var own = after.Rates.Skip(after.Rates.Count - rows.Count).ToList();
        return new ImportPlan([.. own.Select((rate, i) => new PlannedRow(rows[i].Number,
            added.Contains(KeyOf(rate)) ? RowOutcome.New : changed.Contains(KeyOf(rate)) ? RowOutcome.Changed : RowOutcome.Unchanged))], faults, comparison);
    }

    private static (RateKeyKind, string, DateOnly?) KeyOf(Rate rate) => (rate.KeyKind, rate.Key, rate.From);

    private static ImportPlan Refused(IReadOnlyList<RowReader> rows, string code, string message) => new([], [.. rows.Take(1).Select(row => new RowFault(row.Number, "", "", code, message))]);

    // The reader counts lines of the sheet it was given; a person knows the rows of the file.
    private static string Rows(string message, List<RowReader> rows) => Line().Replace(message, line =>
        int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 2 is var index && index >= 0 && index < rows.Count ? $"row {rows[index].Number}" : line.Value);

    [GeneratedRegex(@"^line (\d+)(?:, column \d+ \((\w+)\))?")]
    private static partial Regex Place();

    [GeneratedRegex(@"\bline (\d+)\b")]
    private static partial Regex Line();
}
