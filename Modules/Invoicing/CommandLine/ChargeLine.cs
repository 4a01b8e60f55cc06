using System.Globalization;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Invoicing.Charges;

namespace Billing.Invoicing.CommandLine;

/// <summary>One line for <c>billing charges</c>: a recurring charge, and the day up to which it is asked for. Members it does not know are ignored.</summary>
sealed class ChargeLine
{
    private const int MostDecimals = 6;
    private const int MostMonths = 1200;

    // Periods are counted past the last day asked for, and the calendar has to go on.
    private static readonly DateOnly LastDay = new(9000, 12, 31);
    private static readonly DateOnly FirstDay = new(1900, 1, 1);

    private decimal price;
    private RecurringTerms terms = new(1, BillingTime.Advance, ProrationBasis.Actual);
    private int anchorDay;
    private DateInterval valid;
    private DateOnly through;

    private ChargeLine(string? id) => Id = id;

    /// <summary>The caller's own id, given back with the answer; null when the line has none.</summary>
    public string? Id { get; }

    /// <summary>Decimals that amounts are rounded to.</summary>
    public int Decimals { get; private set; }

    /// <summary>Why it can't be answered; null when it can.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>All that is due by the day asked for, from the first day of the charge.</summary>
    public IReadOnlyList<ProratedSlice> Slices() => RecurringCharge.Slices(price, terms, anchorDay, valid, null, through, new decimal(1, 0, 0, false, (byte)Decimals));

    public static ChargeLine Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var element = document.RootElement;
            if (element.ValueKind != JsonValueKind.Object) return Broken("The line is JSON, but not an object { ... }.");
            var line = new ChargeLine(ReadId(element));
            line.Failure = line.ReadCharge(element);
            return line;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Well-formed JSON whose text is none: half of a surrogate pair, escaped or not.
            return Broken("The line has text that is not Unicode.");
        }
        catch (JsonException exception)
        {
            return Broken(string.Create(CultureInfo.InvariantCulture,
                $"The line is not JSON from column {exception.BytePositionInLine + 1} on. One charge a line, as {{\"id\":\"1\",\"price\":\"20.00\",\"every\":\"1 month\",\"start\":\"2026-01-01\",\"through\":\"2026-03-31\"}}."));
        }
    }

    private static ChargeLine Broken(string message) => new(id: null) { Failure = new Failure("charges.bad-json", message) };

    private static string? ReadId(JsonElement element) => !element.TryGetProperty("id", out var id) ? null : id.ValueKind switch
    {
        JsonValueKind.String => id.GetString(),
        JsonValueKind.Number => id.GetRawText(),
        _ => null,
    };

    private Failure? ReadCharge(JsonElement element)
    {
        if (TextOf(element, "price") is not { } amount || !decimal.TryParse(amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out price) || Math.Abs(price) >= 1_000_000_000m)
            return Bad("price", element, "the price of a whole period, such as \"20.00\"");
        if (!TryReadMonths(TextOf(element, "every"), out var months)) return Bad("every", element, "a period such as \"1 month\", \"3 months\" or \"1 year\"");
        if (!TryPick(element, "billing", [("advance", BillingTime.Advance), ("arrears", BillingTime.Arrears)], out var billing)) return Bad("billing", element, "\"advance\" or \"arrears\"");
        if (!TryPick(element, "basis", [("actual", ProrationBasis.Actual), ("30", ProrationBasis.Thirty), ("30/360", ProrationBasis.Thirty360)], out var basis))
            return Bad("basis", element, "\"actual\", \"30\" or \"30/360\"");
        terms = new RecurringTerms(months, billing, basis);
        if (!TryReadNumber(element, "anchorDay", 1, 1, 31, out anchorDay)) return Bad("anchorDay", element, "a day of the month, 1 to 31");
        if (!TryReadNumber(element, "decimals", 2, 0, MostDecimals, out var decimals)) return Bad("decimals", element, "a number of decimals, 0 to 6");
        Decimals = decimals;
        if (!TryReadDay(element, "start", out var start)) return Bad("start", element, "the first day that is charged, such as \"2026-01-15\"");
        if (!TryReadDay(element, "through", out through)) return Bad("through", element, "the day up to which all that is due is asked for, such as \"2026-03-31\"");
        DateOnly? end = null;
        if (element.TryGetProperty("end", out var its) && its.ValueKind != JsonValueKind.Null)
        {
            if (!TryReadDay(element, "end", out var day) || day <= start) return Bad("end", element, "the first day that is not charged any more, after 'start', or null");
            end = day;
        }
        valid = new DateInterval(start, end);
        return null;
    }

    private static bool TryReadMonths(string? text, out int months)
    {
        months = 0;
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostMonths) return false;
        months = parts[1] switch { "month" or "months" => count, "quarter" or "quarters" => count * 3, "year" or "years" => count * 12, _ => 0 };
        return months is > 0 and <= MostMonths;
    }

    private static bool TryPick<T>(JsonElement element, string name, (string Word, T Value)[] known, out T value)
    {
        value = known[0].Value;
        if (!element.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null) return true;
        var word = TextOf(element, name);
        var place = Array.FindIndex(known, one => one.Word == word);
        if (place >= 0) value = known[place].Value;
        return place >= 0;
    }

    private static bool TryReadNumber(JsonElement element, string name, int unsaid, int least, int most, out int number)
    {
        number = unsaid;
        if (!element.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null) return true;
        return given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out number) && number >= least && number <= most;
    }

    private static bool TryReadDay(JsonElement element, string name, out DateOnly day) =>
        DateOnly.TryParseExact(TextOf(element, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day >= FirstDay && day <= LastDay;

    // Money may come as a number too: its digits are taken as they stand, not as a floating-point number.
    private static string? TextOf(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static Failure Bad(string name, JsonElement element, string wanted) => new($"charges.bad-{(name == "anchorDay" ? "anchor-day" : name)}",
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? $"'{name}' is {value.GetRawText()}, which is not {wanted}." : $"'{name}' is missing: {wanted}.") { Field = name };
}
