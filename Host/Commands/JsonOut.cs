using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Host.Commands;

/// <summary>How commands write JSON: camel case, readable characters, one object a line.</summary>
internal static class JsonOut
{
    public static JsonSerializerOptions Line { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Indented { get; } = new(Line) { WriteIndented = true };

    public static void Write(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Line));
}
