using System.Globalization;
using Billing.Templating.Runtime;
using Billing.Templating.Syntax;

namespace Billing.Templating.Functions;

/// <summary>The arguments of one call of a builtin, read as the types it wants.</summary>
readonly struct Arguments(RenderContext context, Location at, string function, object?[] values)
{
    public RenderContext Context => context;

    public Location At => at;

    public int Length => values.Length;

    public object? this[int index] => values[index];

    public bool Has(int index) => values[index] is not null;

    /// <summary>The text of a value; empty for null.</summary>
    public string Text(int index) => values[index] as string ?? context.TextOf(values[index]);

    public string? TextOrNull(int index) => values[index] is null ? null : Text(index);

    public int Int(int index) => Numbers.ToInt(Number(index));

    public int Int(int index, int missing) => Has(index) ? Int(index) : missing;

    /// <summary>A number, or a text that reads as one.</summary>
    public object Number(int index)
    {
        var value = values[index];
        if (Numbers.IsNumber(value)) return value!;
        if (Values.IsText(value))
        {
            var text = Text(index);
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
            if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact)) return exact;
        }
        throw Wrong(index, "a number");
    }

    public bool Flag(int index) => values[index] is not null && Values.IsTrue(values[index]);

    public IFunction? FunctionOrNull(int index) => values[index] switch
    {
        null => null,
        IFunction found => found,
        _ => throw Wrong(index, "a function (write `@name`)"),
    };

    public IFunction Function(int index) => FunctionOrNull(index) ?? throw Wrong(index, "a function (write `@name`)");

    public object? Call(IFunction called, params object?[] given) => context.Call(called, at, new CallArguments(given));

    /// <summary>The values of the last parameter when it takes all that is left.</summary>
    public object?[] Rest => (object?[])values[^1]!;

    /// <summary>A list's items; null is none, a single value is a list of one.</summary>
    public IEnumerable<object?> Items(int index)
    {
        var value = values[index];
        if (value is null) return [];
        return (value is string or SafeText ? null : Values.AsSequence(value)) ?? [value];
    }

    /// <summary>The items as a new array, within the limits.</summary>
    public ScriptArray Array(int index) => Array(Items(index));

    public ScriptArray Array(IEnumerable<object?> items)
    {
        if (items is ScriptRange range) context.CheckArray(range.Length);
        var array = new ScriptArray();
        foreach (var item in items)
        {
            if (array.Count >= context.Limits.ArrayLength) context.CheckArray(array.Count + 1);
            array.Add(item);
        }
        context.Charge(array.Count);
        return array;
    }

    /// <summary>A text that was made: counted, and refused when too long.</summary>
    public string Made(string text)
    {
        context.CheckText(text.Length);
        context.Charge(text.Length);
        return text;
    }

    public CultureInfo Culture(int index)
    {
        if (!Has(index)) return Cultures.Invariant;
        var name = Text(index);
        return Cultures.Find(name) ?? throw new ValueException(TemplateErrorCodes.Arguments, $"`{function}`: there is no culture `{name}` here.");
    }

    public DateTimeOffset? Date(int index)
    {
        var value = values[index];
        if (value is null) return null;
        if (Dates.From(value) is { } date) return date;
        if (Values.IsText(value))
            return Dates.Parse(Text(index), Cultures.Invariant)
                ?? throw new ValueException(TemplateErrorCodes.Type, $"`{function}`: `{Shortened(Text(index))}` is not a date.");
        throw Wrong(index, "a date");
    }

    public ValueException Wrong(int index, string wanted) =>
        new(TemplateErrorCodes.Type, $"`{function}` needs {wanted} as argument {index + 1}, not a value of type {Values.TypeName(values[index])}.");

    public ValueException Bad(string message) => new(TemplateErrorCodes.Arguments, $"`{function}`: {message}");

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
