using System.Text;
using System.Text.Json;
using Billing.Templating.Parsing;
using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>object.*</c></summary>
static class ObjectFunctions
{
    private const int JsonDepthMax = 64;

    public static BuiltinObject Create() => new BuiltinObject("object")
        .Add("default", static (in Arguments a) => a[0] is null or "" ? a[1] : a[0], "value", "default")
        .Add("eval", static (in Arguments a) => Eval(a, codeOnly: true), "value")
        .Add("eval_template", static (in Arguments a) => Eval(a, codeOnly: false), "value")
        .Add("format", static (in Arguments a) => Format(a), "value", "format", "culture?")
        .Add("from_json", FromJson, "json")
        .Add("has_key", static (in Arguments a) => Has(a, out _), "value", "key")
        .Add("has_value", static (in Arguments a) => Has(a, out var value) && value is not null, "value", "key")
        .Add("keys", static (in Arguments a) => a.Array(Members.All(a[0]).Select(pair => (object?)pair.Key)), "value")
        .Add("kind", static (in Arguments a) => a[0] is null ? null : Kind(a[0]), "value")
        .Add("size", static (in Arguments a) => Size(a), "value")
        .Add("to_json", static (in Arguments a) => a.Made(ToJson(a.Context, a[0])), "value")
        .Add("typeof", static (in Arguments a) => TypeOf(a[0]), "value")
        .Add("values", static (in Arguments a) => a.Array(Members.All(a[0]).Select(pair => pair.Value)), "value")
        .Seal();

    public static object? Format(in Arguments a)
    {
        if (a[0] is null) return null;
        if (!a.Has(1)) return a.Context.TextOf(a[0]);
        var format = a.Text(1);
        // A width in a format would otherwise be a way around the limit on texts.
        if (format.Length > 100 || format.Where(char.IsAsciiDigit).Count() > 4) throw a.Bad("the format is too long.");
        if (a[0] is not IFormattable value) return a.Context.TextOf(a[0]);
        try
        {
            return a.Made(value.ToString(format, a.Culture(2)));
        }
        catch (FormatException)
        {
            throw a.Bad($"`{format}` is not a format for a value of type {Values.TypeName(a[0])}.");
        }
    }

    private static bool Has(in Arguments a, out object? value)
    {
        value = null;
        return a[0] is { } owner && a.Has(1) && Members.HasMembers(owner) && Members.TryGet(owner, a.Text(1), out value);
    }

    private static object Size(in Arguments a) => a[0] switch
    {
        null => 0,
        string or SafeText => a.Text(0).Length,
        var value when Values.AsList(value) is { } list => Numbers.Fit(Values.Count(list)),
        var value when Members.IsObject(value) => Members.All(value).Count(),
        _ => 0,
    };

    private static string? TypeOf(object? value) => value switch
    {
        null => null,
        string or SafeText => "string",
        bool => "boolean",
        ScriptRange => "iterator",
        _ when Numbers.IsNumber(value) => "number",
        _ when Dates.From(value) is null && Values.AsList(value) is not null => "array",
        _ => "object",
    };

    private static string Kind(object? value) => Dates.From(value) is not null || value is TimeSpan ? "object" : Values.TypeName(value);

    /// <summary>Runs a text as an expression or template with the variables in view.</summary>
    private static object? Eval(in Arguments a, bool codeOnly)
    {
        if (a[0] is IFunction function) return a.Call(function);
        if (!Values.IsText(a[0])) return a[0];
        var errors = new List<TemplateError>();
        var (page, _) = Parser.Parse(a.Text(0), "eval", a.Context.Template.Options, errors, codeOnly);
        if (page is null) throw a.Context.Error(a.At, errors[0].Code, $"In the evaluated text, line {errors[0].Line}, column {errors[0].Column}: {errors[0].Message}");
        a.Context.Charge(a.Text(0).Length);
        if (codeOnly) return a.Context.Evaluate(page, a.At);
        return a.Context.Rendered(a.Context.Include(page, a.At, CallArguments.None));
    }

    private static object? FromJson(in Arguments a)
    {
        if (!a.Has(0)) return null;
        try
        {
            using var json = JsonDocument.Parse(a.Text(0), new JsonDocumentOptions { MaxDepth = JsonDepthMax });
            a.Context.Charge(a.Text(0).Length);
            return Values.FromJson(json.RootElement);
        }
        catch (JsonException e)
        {
            throw a.Bad($"the text is not valid JSON (line {(e.LineNumber ?? 0) + 1}).");
        }
    }

    private static string ToJson(RenderContext context, object? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default }))
            Write(context, writer, value, 0);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(RenderContext context, Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > JsonDepthMax) throw new ValueException(TemplateErrorCodes.LimitRecursion, "The value is nested too deeply for JSON; perhaps it contains itself.");
        context.Charge(1);
        context.CheckText(writer.BytesCommitted);
        switch (value)
        {
            case null or IFunction: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case double or float when !double.IsFinite(Numbers.ToDouble(value)): writer.WriteNullValue(); break;
            case double number: writer.WriteNumberValue(number); break;
            case float number: writer.WriteNumberValue(number); break;
            case System.Numerics.BigInteger number: writer.WriteRawValue(Numbers.Format(number)); break;
            case string or SafeText: writer.WriteStringValue(Text.Of(value)); break;
            case DateOnly date: writer.WriteStringValue(date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)); break;
            case DateTimeOffset date: writer.WriteStringValue(date); break;
            case DateTime date: writer.WriteStringValue(date); break;
            case var list when Values.AsList(list) is { } items:
                writer.WriteStartArray();
                foreach (var item in items) Write(context, writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            case var item when Members.IsObject(item) && item is not (TimeSpan or IFormattable):
                writer.WriteStartObject();
                foreach (var (name, member) in Members.All(item))
                {
                    if (member is IFunction) continue;
                    writer.WritePropertyName(name);
                    Write(context, writer, member, depth + 1);
                }
                writer.WriteEndObject();
                break;
            default: writer.WriteStringValue(Text.Of(value)); break;
        }
    }
}
