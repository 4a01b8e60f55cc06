using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Onboarding.Columns;
using Billing.Spreadsheets;

namespace Billing.Onboarding.Rows;

/// <summary>One row by its fields. What can't be read is noted with its cell and answered with null; no value is ever guessed or cut.</summary>
internal sealed partial class RowReader(ImportKind kind, SheetRow row, IReadOnlyDictionary<string, int> positions, IReadOnlyList<string> header, ImportSettings settings, string country)
{
    private readonly List<RowFault> faults = [];

    public int Number => row.Number;

    public IReadOnlyList<RowFault> Faults => faults;

    public bool IsWrong => faults.Count > 0;

    /// <summary>Whether the row says anything there.</summary>
    public bool Has(string field) => Cell(field).Length > 0;

    public string? Text(string field)
    {
        var text = Cell(field);
        return text.Length == 0 ? null : text;
    }

    public string? Required(string field)
    {
        var text = Text(field);
        if (text is null) Refuse("onboarding.missing", field, $"'{kind.Field(field).Title}' is empty. {kind.Field(field).Help}");
        return text;
    }

    public bool? Flag(string field)
    {
        switch (Cell(field).ToLowerInvariant())
        {
            case "": return null;
            case "yes" or "y" or "true" or "1" or "x": return true;
            case "no" or "n" or "false" or "0": return false;
            default:
                Refuse("onboarding.bad-flag", field, "Write yes or no.");
                return null;
        }
    }

    public string? Choice(string field, IReadOnlyList<string> words)
    {
        var text = Cell(field);
        if (text.Length == 0) return null;
        var plain = text.ToLowerInvariant().Replace(' ', '-').Replace('_', '-');
        plain = plain switch { "dd" or "directdebit" => "direct-debit", "bacs" or "transfer" or "bank" => "bank-transfer", "post" or "paper" => "print", "e-mail" => "email", "reverse" => "reverse-charge", var other => other };
        if (words.Contains(plain, StringComparer.Ordinal)) return plain;
        Refuse("onboarding.bad-choice", field, $"Write one of: {string.Join(", ", words)}.");
        return null;
    }

    public int? Whole(string field, int least, int most)
    {
        var text = Cell(field);
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse("onboarding.bad-whole-number", field, $"Write a whole number from {least} to {most}.");
        return null;
    }

    public E164Number? Telephone(string field)
    {
        var text = Cell(field);
        if (text.Length == 0) return null;
        if (NumberText.Parse(text, country).TryGet(out var number, out var failure)) return number;
        Refuse(failure, field);
        return null;
    }

    /// <summary>A day: 2026-03-31 and 31 Mar 2026 always; 31/03/2026 where it can mean one day only, or the order was chosen.</summary>
    public DateOnly? Date(string field)
    {
        var text = Cell(field);
        if (text.Length == 0) return null;
        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d MMM yyyy", "d-MMM-yyyy", "d MMMM yyyy", "yyyy/MM/dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var plain)) return Sane(plain, field);
        if (text.Length == 5 && text.All(char.IsAsciiDigit))
        {
            Refuse("onboarding.serial-date", field, "This is how a spreadsheet counts days inside. Format the column as a date and save again.");
            return null;
        }
        if (Numeric().Match(text) is { Success: true } match)
        {
            var (a, b, year) = (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture));
            // The dot is only written where the day comes first.
            var order = settings.DateOrder == DateOrder.Unsaid && text.Contains('.', StringComparison.Ordinal) ? DateOrder.DayFirst : settings.DateOrder;
            if (order == DateOrder.Unsaid && a <= 12 && b <= 12 && a != b)
            {
                Refuse("onboarding.ambiguous-date", field, $"This is {a}/{b} to some and {b}/{a} to others. Choose above which order this file has, or write {year:0000}-{b:00}-{a:00}.");
                return null;
            }
            var (day, month) = order switch { DateOrder.DayFirst => (a, b), DateOrder.MonthFirst => (b, a), _ => a > 12 ? (a, b) : (b, a) };
            if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)) return Sane(new DateOnly(year, month, day), field);
        }
        Refuse("onboarding.bad-date", field, "This is no day of the calendar. Write it as 2026-03-31.");
        return null;
    }

    /// <summary>An amount in major units.</summary>
    public decimal? Amount(string field)
    {
        var text = Cell(field);
        if (text.Length == 0) return null;
        var bare = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);
        if (bare.Length > 1 && bare[^1] is 'p' or 'P' && char.IsAsciiDigit(bare[^2]))
        {
            Refuse("onboarding.pence", field, "This says pence. Choose above that the file is in pence and leave the p out, or write pounds: 0.125.");
            return null;
        }
        var sign = bare.StartsWith('-') ? -1 : 1;
        bare = bare.TrimStart('-').TrimStart('£', '€', '$');
        if (settings.HasDecimalComma)
        {
            if (CommaAmount().IsMatch(bare)) bare = bare.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
            else bare = "";
        }
        else if (bare.Contains(',', StringComparison.Ordinal))
        {
            if (Thousands().IsMatch(bare)) bare = bare.Replace(",", "", StringComparison.Ordinal);
            else
            {
                Refuse("onboarding.decimal-comma", field, "A comma is thousands to some and decimals to others. Write a decimal point and no thousands: 1234.50; or choose above that this file has decimal commas.");
                return null;
            }
        }
        if (Plain().IsMatch(bare) && decimal.TryParse(bare, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return sign * (settings.IsPence ? amount / 100m : amount);
        Refuse("onboarding.bad-amount", field, "This is not an amount. Write digits with a decimal point: 12.50.");
        return null;
    }

    /// <summary>Notes what the domain found wrong, beside the cell it is about.</summary>
    public void Refuse(Failure failure, string? field = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var code = failure.Code switch { "number.spreadsheet" => "onboarding.spreadsheet-number", var other => "onboarding." + other[(other.IndexOf('.', StringComparison.Ordinal) + 1)..] };
        Refuse(code, field ?? failure.Field ?? "", failure.Message);
    }

    public void Refuse(string code, string field, string message)
    {
        var isColumn = positions.TryGetValue(field, out var position);
        faults.Add(new RowFault(row.Number, isColumn ? header[position] : kind.Fields.FirstOrDefault(f => f.Name == field)?.Title ?? "", isColumn ? row[position] : "", code, message));
    }

    private DateOnly? Sane(DateOnly day, string field)
    {
        if (day.Year is >= 1950 and <= 2200) return day;
        Refuse("onboarding.bad-date", field, $"The year {day.Year} can't be right. Write it as 2026-03-31.");
        return null;
    }

    private string Cell(string field) => positions.TryGetValue(field, out var position) ? row[position] : "";

    [GeneratedRegex(@"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")]
    private static partial Regex Numeric();

    // One group of three digits (1,234) could be either, so two are asked for, or decimals behind.
    [GeneratedRegex(@"^\d{1,3}(,\d{3})+\.\d+$|^\d{1,3}(,\d{3}){2,}$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$")]
    private static partial Regex CommaAmount();

    [GeneratedRegex(@"^\d{1,12}(\.\d{1,10})?$")]
    private static partial Regex Plain();
}
