using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Api.Answers;

/// <summary>
/// Amounts and prices as JSON texts, <c>"12.50"</c>: many programs read JSON numbers as binary floating point, and a penny is lost before anybody
/// has done anything wrong. Read from texts and from numbers, never from exponents.
/// </summary>
sealed class DecimalText : JsonConverter<decimal>
{
    const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType is JsonTokenType.String ? reader.GetString() : reader.TokenType is JsonTokenType.Number ? System.Text.Encoding.UTF8.GetString(reader.ValueSpan) : null;
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value) ? value : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
