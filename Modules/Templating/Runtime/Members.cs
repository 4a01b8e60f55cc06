using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Billing.Templating.Runtime;

/// <summary>Reads members of whatever a value is: a template's object, a dictionary, JSON, a date, a .NET object.</summary>
static class Members
{
    private static readonly ConcurrentDictionary<Type, FrozenDictionary<string, Func<object, object?>>> Readers = new();

    /// <summary>False when there is no such member, which the language reads as null.</summary>
    public static bool TryGet(object target, string name, out object? value)
    {
        switch (target)
        {
            case ScriptObject script:
                if (script.TryGet(name, out value)) return true;
                return EmptyOf(name, script.Count == 0, out value);
            case ScriptArray array:
                if (array.Properties is { } properties && properties.TryGet(name, out value)) return true;
                return Sized(name, array.Count, out value);
            case string text:
                return Sized(name, text.Length, out value);
            case SafeText safe:
                return Sized(name, safe.Html.Length, out value);
            case ScriptRange range:
                return Sized(name, range.Length, out value);
            case IReadOnlyDictionary<string, object?> dictionary:
                if (dictionary.TryGetValue(name, out value))
                {
                    value = Values.FromModel(value);
                    return true;
                }
                return EmptyOf(name, dictionary.Count == 0, out value);
            case IDictionary dictionary:
                return TryGet(dictionary, name, out value) || EmptyOf(name, dictionary.Count == 0, out value);
            case ICollection list:
                return Sized(name, list.Count, out value);
            case DateTimeOffset or DateTime or DateOnly:
                return Dates.TryGetMember(Dates.From(target)!.Value, name, out value);
            case TimeSpan span:
                return Dates.TryGetMember(span, name, out value);
            case JsonElement json:
                value = null;
                return Values.FromModel(json) is { } converted && converted is not JsonElement && TryGet(converted, name, out value);
        }
        if (ReadersOf(target.GetType()).TryGetValue(name, out var reader))
        {
            value = Read(reader, target, name);
            return true;
        }
        return EmptyOf(name, false, out value);
    }

    /// <summary>Whether the value may be followed by a member or index at all.</summary>
    public static bool HasMembers(object target) => target is not (bool or int or long or double or decimal or float or System.Numerics.BigInteger);

    /// <summary>Every member of an object with its value.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> All(object? target) => target switch
    {
        null => [],
        ScriptObject script => script.Members,
        ScriptArray array => array.Properties?.Members ?? [],
        IReadOnlyDictionary<string, object?> dictionary => dictionary.Select(pair => KeyValuePair.Create(pair.Key, Values.FromModel(pair.Value))),
        IDictionary dictionary => dictionary.Keys.Cast<object>()
            .Select(key => KeyValuePair.Create(Text.Of(Values.FromModel(key)), Values.FromModel(dictionary[key]))),
        JsonElement json => All(Values.FromModel(json)),
        _ when IsObject(target) => ReadersOf(target.GetType()).Select(pair => KeyValuePair.Create(pair.Key, Read(pair.Value, target, pair.Key))),
        _ => [],
    };

    /// <summary>Whether a value is an object in the language's sense: something with named members that is not a list or a plain value.</summary>
    public static bool IsObject(object? value) => value switch
    {
        null or string or SafeText or ScriptArray or ScriptRange or bool or IFunction => false,
        ScriptObject or IDictionary or IReadOnlyDictionary<string, object?> => true,
        DateTimeOffset or DateTime or DateOnly or TimeSpan => true,
        IEnumerable => false,
        _ => !Numbers.IsNumber(value),
    };

    public static Func<object, object?>? Reader(Type type, string name) => ReadersOf(type).GetValueOrDefault(name);

    public static object? Read(Func<object, object?> reader, object target, string name)
    {
        try
        {
            return Values.FromModel(reader(target));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What a model's code says is for its programmer; an editor learns which member it was.
            throw new ValueException(TemplateErrorCodes.Model, $"The member `{name}` could not be read.");
        }
    }

    /// <summary><c>InvoiceNumber</c> is <c>invoice_number</c> in a template.</summary>
    public static string Rename(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        var upperBefore = true;
        foreach (var letter in name)
        {
            var upper = char.IsUpper(letter);
            if (upper && !upperBefore) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
            upperBefore = upper;
        }
        return text.ToString();
    }

    private static bool TryGet(IDictionary dictionary, string name, out object? value)
    {
        value = null;
        try
        {
            if (!dictionary.Contains(name)) return false;
        }
        catch (ArgumentException)
        {
            // A dictionary whose keys are no text has no such member.
            return false;
        }
        value = Values.FromModel(dictionary[name]);
        return true;
    }

    private static bool Sized(string name, long size, out object? value)
    {
        if (name is "size")
        {
            value = Numbers.Fit(size);
            return true;
        }
        return EmptyOf(name, size == 0, out value);
    }

    private static bool EmptyOf(string name, bool empty, out object? value)
    {
        value = name == "empty?" ? empty : null;
        return name == "empty?";
    }

    private static FrozenDictionary<string, Func<object, object?>> ReadersOf(Type type) => Readers.GetOrAdd(type, static t => Build(t));

    private static FrozenDictionary<string, Func<object, object?>> Build(Type type)
    {
        var readers = new Dictionary<string, Func<object, object?>>(StringComparer.Ordinal);
        // Reflection is not data: a model that exposes a type must not open the runtime to an editor.
        if (typeof(MemberInfo).IsAssignableFrom(type) || typeof(Assembly).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type)
            || typeof(Task).IsAssignableFrom(type) || typeof(Stream).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type))
            return readers.ToFrozenDictionary(StringComparer.Ordinal);

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0 || property.PropertyType.IsByRefLike) continue;
            readers.TryAdd(Rename(property.Name), Compile(type, target => Expression.Property(target, property), property.DeclaringType!));
        }
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            readers.TryAdd(Rename(field.Name), Compile(type, target => Expression.Field(target, field), field.DeclaringType!));
        return readers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Func<object, object?> Compile(Type type, Func<Expression, Expression> access, Type declaring)
    {
        var parameter = Expression.Parameter(typeof(object));
        var target = type.IsValueType ? Expression.Unbox(parameter, type) : Expression.Convert(parameter, declaring);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(access(target), typeof(object)), parameter).Compile();
    }
}
