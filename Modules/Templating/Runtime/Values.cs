using System.Collections;
using System.Numerics;
using System.Text.Json;

namespace Billing.Templating.Runtime;

/// <summary>What the language says about values: truth, equality, order, iteration, and how .NET values become the language's.</summary>
static class Values
{
    private const int DepthMax = 100;

    /// <summary>Only null and false are false; so is the special value <c>empty</c>.</summary>
    public static bool IsTrue(object? value) => value is not (null or false or Empty);

    /// <summary>A value of the model as the language knows it: fewer number types, no JSON, no enums, no single letters.</summary>
    public static object? FromModel(object? value) => value switch
    {
        null or string or int or decimal or bool or ScriptObject or ScriptArray => value,
        JsonElement json => FromJson(json),
        JsonDocument json => FromJson(json.RootElement),
        byte n => (int)n,
        sbyte n => (int)n,
        short n => (int)n,
        ushort n => (int)n,
        uint n => Numbers.Fit(n),
        ulong n => Numbers.Fit(n),
        Int128 n => Numbers.Fit((BigInteger)n),
        nint n => Numbers.Fit((long)n),
        Half n => (float)n,
        char c => c.ToString(),
        Enum e => e.ToString(),
        _ => value,
    };

    /// <summary>JSON as the language's values; numbers become int, long, decimal or, when nothing exact fits, double.</summary>
    public static object? FromJson(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new ScriptObject();
                foreach (var property in json.EnumerateObject()) members[property.Name] = FromJson(property.Value);
                return members;
            case JsonValueKind.Array:
                var items = new ScriptArray(json.GetArrayLength());
                foreach (var item in json.EnumerateArray()) items.Add(FromJson(item));
                return items;
            case JsonValueKind.String:
                return json.GetString();
            case JsonValueKind.Number:
                if (json.TryGetInt32(out var i)) return i;
                if (json.TryGetInt64(out var l)) return l;
                if (json.TryGetDecimal(out var m)) return m;
                return json.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    public static bool IsText(object? value) => value is string or SafeText;

    public static new bool Equals(object? a, object? b) => Equals(a, b, 0);

    private static bool Equals(object? a, object? b, int depth)
    {
        if (a is Empty || b is Empty) return a is Empty ? IsEmpty(b) : IsEmpty(a);
        if (ReferenceEquals(a, b)) return true;
        if (a is null || b is null) return false;
        if (IsText(a) || IsText(b)) return Text.Of(a) == Text.Of(b);
        if (Numbers.IsNumber(a) && Numbers.IsNumber(b)) return Numbers.AreEqual(a, b);
        if (Dates.From(a) is { } x && Dates.From(b) is { } y) return Dates.Compare(a, x, b, y) == 0;
        if (a is ScriptRange p && b is ScriptRange q)
            return p.Length == q.Length && (p.Length == 0 || (Equals(p.At(0), q.At(0)) && Equals(p.At(p.Length - 1), q.At(q.Length - 1))));
        if (AsList(a) is { } left && AsList(b) is { } right)
        {
            if (depth > DepthMax) throw new ValueException(TemplateErrorCodes.LimitRecursion, "These arrays are nested too deeply to be compared.");
            return Count(left) == Count(right) && left.Zip(right).All(pair => Equals(pair.First, pair.Second, depth + 1));
        }
        return a.Equals(b);
    }

    /// <summary>Order of two values; null comes before everything.</summary>
    public static int Compare(object? a, object? b)
    {
        if (a is null || b is null) return a is null ? b is null ? 0 : -1 : 1;
        if (IsText(a) || IsText(b)) return CompareTexts(Text.Of(a), Text.Of(b));
        if (Numbers.IsNumber(a) && Numbers.IsNumber(b)) return Numbers.Compare(a, b);
        if (a is bool x && b is bool y) return x.CompareTo(y);
        if (a is TimeSpan s && b is TimeSpan t) return s.CompareTo(t);
        if (Dates.From(a) is { } d && Dates.From(b) is { } e) return Dates.Compare(a, d, b, e);
        if (a.GetType() == b.GetType() && a is IComparable comparable and not ICollection) return comparable.CompareTo(b);
        throw new ValueException(TemplateErrorCodes.Type, $"A value of type {TypeName(a)} cannot be compared with one of type {TypeName(b)}.");
    }

    /// <summary>As people sort: by letter, and only between equal letters small before capital.</summary>
    private static int CompareTexts(string a, string b)
    {
        var order = string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : -string.CompareOrdinal(a, b);
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null or Empty => true,
        string text => text.Length == 0,
        SafeText safe => safe.Html.Length == 0,
        _ when AsList(value) is { } list => !list.Any(),
        _ when Members.IsObject(value) && value is ScriptObject or IDictionary or IReadOnlyDictionary<string, object?> => !Members.All(value).Any(),
        _ => false,
    };

    /// <summary>A list's items as the language's values, or null when the value is no list.</summary>
    public static IEnumerable<object?>? AsList(object? value) => value switch
    {
        ScriptArray array => array,
        ScriptRange range => range,
        null or string or SafeText or ScriptObject or IDictionary or IReadOnlyDictionary<string, object?> => null,
        IEnumerable<object?> items => items.Select(FromModel),
        IEnumerable items => items.Cast<object?>().Select(FromModel),
        _ => null,
    };

    /// <summary>What a loop goes through: a list's items, an object's members as <c>key</c> and <c>value</c>, a text's letters.</summary>
    public static IEnumerable<object?>? AsSequence(object? value) => value switch
    {
        string text => text.Select(letter => (object?)letter.ToString()),
        SafeText safe => safe.Html.Select(letter => (object?)letter.ToString()),
        ScriptObject or IDictionary or IReadOnlyDictionary<string, object?> => Members.All(value).Select(pair => (object?)Pair(pair.Key, pair.Value)),
        _ => AsList(value),
    };

    /// <summary>How many items there are, without making them.</summary>
    public static long Count(IEnumerable<object?> items) => items switch
    {
        ScriptRange range => range.Length,
        ICollection<object?> list => list.Count,
        _ => items.LongCount(),
    };

    private static ScriptObject Pair(string key, object? value) => new() { ["key"] = key, ["value"] = value };

    /// <summary>The word for a value's type in messages.</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "null",
        string or SafeText => "string",
        bool => "bool",
        int => "int",
        long => "long",
        double => "double",
        float => "float",
        decimal => "decimal",
        BigInteger => "bigint",
        ScriptRange => "range",
        IFunction => "function",
        DateTimeOffset or DateTime or DateOnly => "datetime",
        TimeSpan => "timespan",
        _ when AsList(value) is not null => "array",
        _ => "object",
    };
}

/// <summary>The special variable <c>empty</c>: equal to whatever has nothing in it.</summary>
sealed class Empty
{
    public static Empty Value { get; } = new();

    public override string ToString() => "";
}
