using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Usage.Mapping;

/// <summary>A column, by its place from 1 or by its name in the heading. In the document a number or a text.</summary>
/// <param name="Position">From 1; 0 when it goes by name.</param>
/// <param name="Name">The name in the heading, upper and lower case alike; null when it goes by place.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct MappedColumn(int Position, string? Name)
{
    /// <summary>The place or the name.</summary>
    public override string ToString() => Name ?? Position.ToString(CultureInfo.InvariantCulture);

    internal sealed class Converter : JsonConverter<MappedColumn>
    {
        public override MappedColumn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out var position) && position is >= 1 and <= 1000 => new(position, null),
            JsonTokenType.String when reader.GetString() is { Length: > 0 } name => new(0, name.Trim()),
            _ => throw new JsonException("A column is its place from 1 to 1000, or its name in the heading."),
        };

        public override void Write(Utf8JsonWriter writer, MappedColumn value, JsonSerializerOptions options)
        {
            if (value.Name is null) writer.WriteNumberValue(value.Position);
            else writer.WriteStringValue(value.Name);
        }
    }
}
