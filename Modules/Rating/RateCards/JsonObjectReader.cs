using System.Globalization;
using System.Text.Json;

namespace Billing.Rating.RateCards;

/// <summary>
/// One object of a tariff document: typed members, each fault noted with its path. A path is only put together when there is
/// something to say, because a deck has half a million of them.
/// </summary>
readonly struct JsonObjectReader
{
    private readonly JsonElement element;
    private readonly string path;
    private readonly int index;
    private readonly TariffErrors errors;

    private JsonObjectReader(JsonElement element, string path, int index, TariffErrors errors) =>
        (this.element, this.path, this.index, this.errors) = (element, path, index, errors);

    /// <summary>Opens an object and refuses members that are unknown or there twice.</summary>
    /// <param name="index">Position in the array at <paramref name="path"/>, or -1.</param>
    public static bool TryOpen(JsonElement element, string path, int index, string what, string[] known, TariffErrors errors, out JsonObjectReader reader)
    {
        reader = new JsonObjectReader(element, path, index, errors);
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add("tariff.bad-member", reader.Self, $"{what} is {KindOf(element)} here and must be an object {{ ... }}.");
            return false;
        }

        var seen = 0UL;
        foreach (var member in element.EnumerateObject())
        {
            var position = Array.IndexOf(known, member.Name);
            if (position < 0)
            {
                errors.Add("tariff.unknown-member", reader.At(member.Name),
                    $"'{member.Name}' is not a member of {what}. Known are: {string.Join(", ", known)}.");
            }
            else if ((seen & 1UL << position) != 0)
            {
                errors.Add("tariff.duplicate-member", reader.At(member.Name), $"'{member.Name}' is there twice. Remove one.");
            }
            else seen |= 1UL << position;
        }
        return true;
    }

    private string Self => index < 0 ? path : $"{path}[{index}]";

    public string At(string member) => $"{Self}.{member}";

    public void Refuse(string code, string member, string message) => errors.Add(code, At(member), message);

    /// <summary>False when the member is absent or null: both mean "not said".</summary>
    public bool TryGet(string member, out JsonElement value) =>
        element.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string member, bool isRequired = false)
    {
        if (!TryGet(member, out var value))
        {
            if (isRequired) Refuse("tariff.missing-member", member, $"'{member}' is missing.");
            return null;
        }
        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse("tariff.bad-member", member, $"'{member}' is {KindOf(value)} and must be text in quotes.");
            return null;
        }
        var text = value.GetString()!;
        if (!isRequired || text.Trim().Length > 0) return text;
        Refuse("tariff.missing-member", member, $"'{member}' is empty.");
        return null;
    }

    public bool? Flag(string member)
    {
        if (!TryGet(member, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Refuse("tariff.bad-member", member, $"'{member}' is {KindOf(value)} and must be true or false.");
        return null;
    }

    /// <summary>A whole number of seconds in a range.</summary>
    public int? Seconds(string member, int atLeast, int atMost)
    {
        if (!TryGet(member, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds >= atLeast && seconds <= atMost) return seconds;
        Refuse("tariff.bad-seconds", member, $"'{member}' is {Shown(value)} and must be a whole number of seconds from {atLeast} to {atMost}.");
        return null;
    }

    /// <summary>A whole number in a range, of something.</summary>
    public int? Whole(string member, int atLeast, int atMost, string unit)
    {
        if (!TryGet(member, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= atLeast && number <= atMost) return number;
        Refuse("tariff.bad-number", member, $"'{member}' is {Shown(value)} and must be a whole number of {unit} from {atLeast} to {atMost}.");
        return null;
    }

    /// <summary>A price, percentage or unit: text with a decimal point.</summary>
    public decimal? Price(string member) => TryGet(member, out var value) ? PriceOf(value, At(member)) : null;

    /// <summary>The same for any place below this object.</summary>
    public decimal? PriceOf(JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            errors.Add("tariff.bad-price", place, $"The price is {KindOf(value)}. Write it as text, in quotes, so that no program on the way rounds it: \"0.0125\".");
            return null;
        }
        if (PriceText.Read(value.GetString()!, out var price) is not { } wrong) return price;
        errors.Add(wrong.Code, place, wrong.Message);
        return null;
    }

    public DateOnly? Date(string member) => Text(member) is { } text ? DateOf(text, At(member)) : null;

    public DateOnly? DateOf(string text, string place)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        errors.Add("tariff.bad-date", place, $"'{text}' is not a date. Write it as 2026-03-31.");
        return null;
    }

    /// <summary>The elements of an array; empty when absent.</summary>
    public JsonElement[] List(string member)
    {
        if (!TryGet(member, out var value)) return [];
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray()];
        Refuse("tariff.bad-member", member, $"'{member}' is {KindOf(value)} and must be a list [ ... ].");
        return [];
    }

    public static string KindOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    private static string Shown(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.GetRawText() is { Length: <= 40 } raw ? raw : KindOf(value) : KindOf(value);
}
