using System.Globalization;
using System.Text;
using System.Text.Json;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Rating.Engine;

namespace Billing.Rating.CommandLine;

/// <summary>
/// One line of calls for <c>billing rate</c>. Members that pricing does not need are ignored, so that the output of
/// <c>billing cdr parse</c> can be fed in as it is.
/// </summary>
sealed class CallLine
{
    private static readonly string[] timeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    private byte[] chargeCode = [];
    private DateTimeOffset startedAt;
    private DialledNumber to;
    private int durationSeconds;
    private CdrKind kind;
    private long quantity;
    private decimal? cost;
    private Currency costCurrency;

    private CallLine(string? id) => Id = id;

    /// <summary>The caller's own id for the call, given back with the answer; null when the line has none.</summary>
    public string? Id { get; }

    /// <summary>Why the line can't be priced; null when it can be tried.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>What the engine is asked.</summary>
    public CallToRate Call => new()
    {
        StartedAt = startedAt,
        To = to,
        DurationSeconds = durationSeconds,
        Kind = kind,
        Quantity = quantity,
        ChargeCode = chargeCode,
        Cost = cost,
        CostCurrency = costCurrency,
    };

    public static CallLine Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var element = document.RootElement;
            if (element.ValueKind != JsonValueKind.Object) return Broken("The line is JSON, but not an object { ... }.");
            var line = new CallLine(ReadId(element));
            line.Failure = line.ReadCall(element);
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
                $"The line is not JSON from column {exception.BytePositionInLine + 1} on. One call a line, as {{\"id\":\"1\",\"startedAt\":\"...\",\"to\":\"+44...\",\"durationSeconds\":61}}."));
        }
    }

    private static CallLine Broken(string message) => new(id: null) { Failure = new Failure("rating.bad-json", message) };

    private static string? ReadId(JsonElement element) => !element.TryGetProperty("id", out var id) ? null : id.ValueKind switch
    {
        JsonValueKind.String => id.GetString(),
        JsonValueKind.Number => id.GetRawText(),
        _ => null,
    };

    private Failure? ReadCall(JsonElement element)
    {
        if (ReadStart(element) is { } badStart) return badStart;
        if (ReadKind(element) is { } badKind) return badKind;
        if (ReadDuration(element) is { } badDuration) return badDuration;
        if (ReadTo(element) is { } badNumber) return badNumber;
        if (ReadCost(element) is { } badCost) return badCost;
        if (!TryText(element, "chargeCode", out var code)) return NotText("rating.bad-charge-code", "chargeCode");
        chargeCode = code is null ? [] : Encoding.UTF8.GetBytes(code.Trim());
        return null;
    }

    private Failure? ReadStart(JsonElement element)
    {
        const string code = "rating.bad-time";
        if (!TryText(element, "startedAt", out var text)) return NotText(code, "startedAt");
        if (text is null) return new Failure(code, "'startedAt' is missing; the rate, the band and the day depend on it.");
        // Without an offset the instant is anybody's guess (T1), so DateTimeOffset's own guess is not taken.
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        if (text.Contains('T', StringComparison.Ordinal) && hasOffset
            && DateTimeOffset.TryParseExact(text, timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out startedAt)) return null;
        return new Failure(code, $"'{text}' is not an instant. Write 2026-03-26T08:01:02Z, or with an offset, 2026-03-26T09:01:02+01:00.");
    }

    private Failure? ReadKind(JsonElement element)
    {
        const string code = "rating.bad-kind";
        if (!TryText(element, "kind", out var text)) return NotText(code, "kind");
        switch (text)
        {
            case null or "voice": return null;
            case "sms": kind = CdrKind.Sms; break;
            case "data": kind = CdrKind.Data; break;
            default: return new Failure(code, $"The record is of kind '{text}'. Known are: voice, sms, data.");
        }
        if (element.TryGetProperty("answered", out var answered) && answered.ValueKind == JsonValueKind.False) return null;
        if (element.TryGetProperty("quantity", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out quantity)) return null;
        return new Failure("rating.bad-quantity", kind == CdrKind.Sms
            ? "'quantity' is missing or no whole number. Write how many messages it is."
            : "'quantity' is missing or no whole number. Write the bytes, both ways together.");
    }

    private Failure? ReadDuration(JsonElement element)
    {
        const string code = "rating.bad-duration";
        if (element.TryGetProperty("answered", out var answered) && answered.ValueKind == JsonValueKind.False) return null;
        if (!element.TryGetProperty("durationSeconds", out var value) || value.ValueKind == JsonValueKind.Null)
            return kind != CdrKind.Voice ? null : new Failure(code, "'durationSeconds' is missing. Write the answered seconds, 0 for a call that was not answered.");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var seconds))
            return new Failure(code, "'durationSeconds' is not a number of seconds.");

        // R1: a fraction counts as a whole second, and a reversal's as one of the call it takes back.
        var whole = Money.Round(seconds, Rounding.Up, 1m);
        if (Math.Abs(whole) > CallToRate.LongestDurationSeconds)
            return new Failure(code, $"A duration of {value.GetRawText()} s is more than a year.");
        durationSeconds = (int)whole;
        return null;
    }

    private Failure? ReadTo(JsonElement element)
    {
        const string code = "rating.bad-number";
        if (!TryText(element, "to", out var text)) return NotText(code, "to");
        if (string.IsNullOrWhiteSpace(text)) return null;
        text = text.Trim();
        if (!text.StartsWith('+'))
        {
            return DialledNumber.TryShortCode(text, out to)
                ? null
                : new Failure(code, $"'{text}' is neither a number such as +442079460000 nor a short code such as 999.");
        }
        if (!E164Number.Parse(text, NumberRules.Uk).TryGet(out var number, out var failure)) return new Failure(code, failure.Message);
        to = number;
        return null;
    }

    private Failure? ReadCost(JsonElement element)
    {
        const string code = "rating.bad-cost";
        if (element.TryGetProperty("cost", out var value) && value.ValueKind != JsonValueKind.Null)
        {
            var text = value.ValueKind switch { JsonValueKind.String => value.GetString()!, JsonValueKind.Number => value.GetRawText(), _ => "" };
            if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount))
                return new Failure(code, $"'cost' is {value.GetRawText()} and must be an amount such as \"0.0125\", negative for a credit.");
            cost = amount;
        }
        if (!TryText(element, "currency", out var currency)) return NotText("rating.currency", "currency");
        if (string.IsNullOrEmpty(currency)) return null;
        return Currency.Parse(currency).TryGet(out costCurrency, out var failure) ? null : new Failure("rating.currency", failure.Message);
    }

    private static bool TryText(JsonElement element, string member, out string? text)
    {
        text = null;
        if (!element.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.String) return false;
        text = value.GetString();
        return true;
    }

    private static Failure NotText(string code, string member) => new(code, $"'{member}' must be text in quotes.");
}
