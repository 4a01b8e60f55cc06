using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// Cuts a JSON file into its objects. Braces are counted, strings are stepped over, and no more is understood before an object goes to the real parser: so one
/// object that is no JSON costs one problem.
/// </summary>
sealed class JsonElementReader(ElementCdrFormat format, CdrFile file, ICdrSink sink) : ElementReader(format, file, sink)
{
    private const int MaxDepth = 32;

    private enum Place
    {
        /// <summary>Outside of everything.</summary>
        Root,

        /// <summary>In the outermost array.</summary>
        Array,

        /// <summary>In the array that a wrapping object has.</summary>
        Wrapped,

        /// <summary>In a wrapping object, after its array.</summary>
        AfterArray,
    }

    private static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n,\x1E"u8);
    private static readonly SearchValues<byte> BetweenNameAndValue = SearchValues.Create(" \t\r\n,:"u8);
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> EndsOfScalar = SearchValues.Create(",}]\r\n"u8);

    private readonly byte[][] arrays = [.. format.Elements.Names.Select(System.Text.Encoding.UTF8.GetBytes)];
    private Place place;

    protected override bool Next()
    {
        var rest = Rest;
        var blank = rest.IndexOfAnyExcept(Between);
        if (blank < 0)
        {
            Use(rest.Length);
            return false;
        }
        Use(blank);
        rest = rest[blank..];

        if (place == Place.AfterArray)
        {
            var close = EndOf(rest, depth: 1);
            if (close < 0) return false;
            Use(close);
            Skip(CdrStructure.Trailer);
            place = Place.Root;
            return true;
        }
        if (rest[0] == ']' && place != Place.Root)
        {
            Use(1);
            place = place == Place.Wrapped ? Place.AfterArray : Place.Root;
            return true;
        }
        if (rest[0] == '[' && place == Place.Root)
        {
            Use(1);
            place = Place.Array;
            return true;
        }
        return rest[0] == '{' ? Object(rest) : Junk(rest);
    }

    protected override void End()
    {
        if (!Rest.IsEmpty) Problem(CdrProblemCode.Truncated, "The file was cut off inside its last element.", Rest.Length);
        else if (place != Place.Root) Problem(CdrProblemCode.Truncated, "The file was cut off: its list of records is not closed, so there may have been more of them.", 0);
    }

    protected override string? Parse(ReadOnlySpan<byte> element, ElementIndex into)
    {
        var json = new Utf8JsonReader(element, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            json.Read();
            Object(ref json, into);
            return null;
        }
        // A lone surrogate, written as an escape, is found only when the text is wanted.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The element is no JSON: byte {json.BytesConsumed + 1} of it can't be there.");
        }
    }

    private bool Object(ReadOnlySpan<byte> rest)
    {
        if (place == Place.Root && arrays.Length > 0)
        {
            var wrapped = FindArray(rest);
            if (wrapped < 0) return false;
            if (wrapped > 0)
            {
                Use(wrapped);
                Skip(CdrStructure.Heading);
                place = Place.Wrapped;
                return true;
            }
        }
        var end = EndOf(rest, depth: 0);
        if (end < 0) return false;
        Element(end);
        return true;
    }

    // What stands where an object should: up to the line's end or the next object, whichever comes first.
    private bool Junk(ReadOnlySpan<byte> rest)
    {
        var end = rest[1..].IndexOfAny((byte)'\n', (byte)'{') + 1;
        if (end == 0) return false;
        Problem(CdrProblemCode.BadStructure, $"'{CdrText.Excerpt(rest[..end].TrimEnd((byte)'\r'))}' stands where a record should.", end);
        return true;
    }

    /// <summary>The length of the first bracketed value, its bracket included; from a depth of 1 on, up to the bracket that closes what surrounds it. -1 when it is not all there.</summary>
    private static int EndOf(ReadOnlySpan<byte> json, int depth)
    {
        for (var i = 0; i < json.Length; i++)
        {
            var next = json[i..].IndexOfAny(Marks);
            if (next < 0) return -1;
            i += next;
            switch (json[i])
            {
                case (byte)'"':
                    var length = StringLength(json[i..]);
                    if (length < 0) return -1;
                    i += length - 1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    if (--depth == 0) return i + 1;
                    break;
            }
        }
        return -1;
    }

    /// <summary>Where the records of a wrapping object begin, behind the bracket; 0 when it has none of the arrays; -1 when that can't be told yet.</summary>
    private int FindArray(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            // A name, a colon, a value, a comma.
            if (!SkipTo(json, ref at)) return -1;
            if (json[at] != '"') return 0;
            var length = StringLength(json[at..]);
            if (length < 0) return -1;
            var name = json.Slice(at + 1, length - 2);
            at += length;
            if (!SkipTo(json, ref at)) return -1;
            if (json[at] == '[' && IsArray(name)) return at + 1;
            int end;
            if (json[at] == '"') end = StringLength(json[at..]);
            else if (json[at] is (byte)'{' or (byte)'[') end = EndOf(json[at..], depth: 0);
            else end = json[at..].IndexOfAny(EndsOfScalar);
            if (end < 0) return -1;
            at += end;
        }
    }

    private bool IsArray(ReadOnlySpan<byte> name)
    {
        foreach (var array in arrays)
            if (name.SequenceEqual(array)) return true;
        return false;
    }

    private static bool SkipTo(ReadOnlySpan<byte> json, ref int at)
    {
        var blank = json[at..].IndexOfAnyExcept(BetweenNameAndValue);
        at += Math.Max(blank, 0);
        return blank >= 0;
    }

    private static int StringLength(ReadOnlySpan<byte> json)
    {
        for (var i = 1; i < json.Length; i++)
        {
            var next = json[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) return -1;
            i += next;
            if (json[i] == '"') return i + 1;
            i++;
        }
        return -1;
    }

    private static void Object(ref Utf8JsonReader json, ElementIndex into)
    {
        Span<char> small = stackalloc char[128];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var up = json.ValueSpan.Length <= small.Length ? into.Enter(small[..json.CopyString(small)]) : into.Enter(json.GetString());
            json.Read();
            Value(ref json, into);
            into.Leave(up);
        }
    }

    private static void Value(ref Utf8JsonReader json, ElementIndex into)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref json, into);
                break;
            case JsonTokenType.StartArray:
                Members(ref json, into);
                break;
            case JsonTokenType.String:
                if (json.ValueIsEscaped) into.Add(json.GetString());
                else into.Add(json.ValueSpan);
                break;
            case JsonTokenType.Null:
                into.Add((ReadOnlySpan<byte>)[]);
                break;
            default:
                into.Add(json.ValueSpan);
                break;
        }
    }

    private static void Members(ref Utf8JsonReader json, ElementIndex into)
    {
        Span<char> digits = stackalloc char[11];
        for (var member = 1; json.Read() && json.TokenType != JsonTokenType.EndArray; member++)
        {
            member.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            var up = into.Enter(digits[..length]);
            Value(ref json, into);
            into.Leave(up);
        }
    }
}
