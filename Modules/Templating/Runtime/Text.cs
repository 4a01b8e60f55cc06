using System.Globalization;
using System.Text;

namespace Billing.Templating.Runtime;

/// <summary>Values as text, always in the invariant culture.</summary>
static class Text
{
    private const int DepthMax = 50;

    /// <summary>The text of a value as an expression writes it; dates in the standard format.</summary>
    public static string Of(object? value, string? dateFormat = null)
    {
        switch (value)
        {
            case null: return "";
            case string text: return text;
            case SafeText safe: return safe.Html;
            case bool flag: return flag ? "true" : "false";
            case int number: return number.ToString(CultureInfo.InvariantCulture);
            case decimal number: return number.ToString(CultureInfo.InvariantCulture);
            case ScriptArray or ScriptObject or ScriptRange:
                var builder = new StringBuilder();
                Append(builder, value, dateFormat, int.MaxValue, 0);
                return builder.ToString();
        }
        if (Dates.From(value) is { } date) return Dates.Format(date, dateFormat ?? Dates.DefaultFormat, Cultures.Invariant);
        if (value is not IFunction && Values.AsList(value) is not null || Members.IsObject(value) && value is System.Collections.IDictionary)
        {
            var builder = new StringBuilder();
            Append(builder, value, dateFormat, int.MaxValue, 0);
            return builder.ToString();
        }
        return value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? "";
    }

    /// <summary>Writes an array or object the way the language shows them: <c>[1, "two"]</c>, <c>{a: 1}</c>.</summary>
    /// <param name="lengthMax">Where to stop with an error.</param>
    public static void Append(StringBuilder builder, object? value, string? dateFormat, int lengthMax, int depth)
    {
        if (depth > DepthMax) throw new ValueException(TemplateErrorCodes.LimitRecursion, "The value is nested too deeply to be written; perhaps it contains itself.");
        if (builder.Length > lengthMax) throw new ValueException(TemplateErrorCodes.LimitString, $"The text is longer than {lengthMax} characters.");
        switch (value)
        {
            case null:
                builder.Append("null");
                return;
            case string or SafeText:
                Quote(builder, Of(value));
                return;
        }
        if (Dates.From(value) is null && Values.AsList(value) is { } items)
        {
            builder.Append('[');
            var first = true;
            foreach (var item in items)
            {
                if (!first) builder.Append(", ");
                first = false;
                Append(builder, item, dateFormat, lengthMax, depth + 1);
            }
            builder.Append(']');
        }
        else if (value is ScriptObject or System.Collections.IDictionary or IReadOnlyDictionary<string, object?>)
        {
            builder.Append('{');
            var first = true;
            foreach (var (name, member) in Members.All(value))
            {
                if (!first) builder.Append(", ");
                first = false;
                if (IsName(name)) builder.Append(name);
                else Quote(builder, name);
                builder.Append(": ");
                Append(builder, member, dateFormat, lengthMax, depth + 1);
            }
            builder.Append('}');
        }
        else
        {
            builder.Append(Of(value, dateFormat));
        }
    }

    /// <summary>A string literal with the escapes the language reads.</summary>
    public static void Quote(StringBuilder builder, string text)
    {
        builder.Append('"');
        Escape(builder, text);
        builder.Append('"');
    }

    public static void Escape(StringBuilder builder, string text)
    {
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '"': builder.Append("\\\""); break;
                case '\\': builder.Append("\\\\"); break;
                case '\n': builder.Append("\\n"); break;
                case '\r': builder.Append("\\r"); break;
                case '\t': builder.Append("\\t"); break;
                case '\b': builder.Append("\\b"); break;
                case '\f': builder.Append("\\f"); break;
                default:
                    if (char.IsControl(letter)) builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                    else builder.Append(letter);
                    break;
            }
        }
    }

    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(letter => letter == '_' || char.IsLetterOrDigit(letter));
}
