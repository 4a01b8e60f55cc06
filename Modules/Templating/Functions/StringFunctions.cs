using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>string.*</c>. Comparisons are by character code and case is the invariant culture's.</summary>
static class StringFunctions
{
    // MD5 and SHA-1 are functions of the language, for checksums that others ask for; nothing here is protected by them.
#pragma warning disable CA5350, CA5351
    public static BuiltinObject Create() => new BuiltinObject("string")
        .Add("append", static (in Arguments a) => a.Context.Concat([a[0], a[1]]), "text", "with")
        .Add("base64_decode", Base64Decode, "text")
        .Add("base64_encode", static (in Arguments a) => a.Made(Convert.ToBase64String(Encoding.UTF8.GetBytes(a.Text(0)))), "text")
        .Add("capitalize", static (in Arguments a) => Capitalize(a.Text(0)), "text")
        .Add("capitalizewords", static (in Arguments a) => a.Made(CapitalizeWords(a.Text(0))), "text")
        .Add("contains", static (in Arguments a) => Both(a) && a.Text(0).Contains(a.Text(1), StringComparison.Ordinal), "text", "value")
        .Add("downcase", static (in Arguments a) => Lower(a), "text")
        .Add("empty", static (in Arguments a) => a.Text(0).Length == 0, "text")
        .Add("ends_with", static (in Arguments a) => Both(a) && a.Text(0).EndsWith(a.Text(1), StringComparison.Ordinal), "text", "value")
        .Add("equals_ignore_case", static (in Arguments a) => string.Equals(a.TextOrNull(0), a.TextOrNull(1), StringComparison.OrdinalIgnoreCase), "text", "value")
        .Add("escape", static (in Arguments a) => Escape(a), "text")
        .Add("handleize", static (in Arguments a) => a.Made(Handleize(a.Text(0))), "text")
        .Add("hmac_sha1", static (in Arguments a) => Hash(a, static (text, key) => HMACSHA1.HashData(key, text)), "text", "secret_key")
        .Add("hmac_sha256", static (in Arguments a) => Hash(a, static (text, key) => HMACSHA256.HashData(key, text)), "text", "secret_key")
        .Add("hmac_sha512", static (in Arguments a) => Hash(a, static (text, key) => HMACSHA512.HashData(key, text)), "text", "secret_key")
        .Add("index_of", IndexOf, "text", "search", "start_index?", "count?", "string_comparison?")
        .Add("literal", Literal, "text")
        .Add("lstrip", static (in Arguments a) => a.Made(a.Text(0).TrimStart()), "text")
        .Add("md5", static (in Arguments a) => Hash(a, static (text, _) => MD5.HashData(text)), "text")
        .Add("pad_left", static (in Arguments a) => a.Text(0).PadLeft(Width(a)), "text", "width")
        .Add("pad_right", static (in Arguments a) => a.Text(0).PadRight(Width(a)), "text", "width")
        .Add("pluralize", static (in Arguments a) => Numbers.AreEqual(a.Has(0) ? a.Number(0) : 0, 1) ? a[1] : a[2], "number", "singular", "plural")
        .Add("prepend", static (in Arguments a) => a.Context.Concat([a[1], a[0]]), "text", "by")
        .Add("remove", static (in Arguments a) => Replace(a, a.Text(1), ""), "text", "remove")
        .Add("remove_first", static (in Arguments a) => ReplaceOnce(a, "", fromEnd: false), "text", "remove")
        .Add("remove_last", static (in Arguments a) => ReplaceOnce(a, "", fromEnd: true), "text", "remove")
        .Add("replace", static (in Arguments a) => Replace(a, a.Text(1), a.Text(2)), "text", "match", "replace")
        .Add("replace_first", static (in Arguments a) => ReplaceOnce(a, a.Text(2), a.Flag(3)), "text", "match", "replace", "from_end?")
        .Add("rstrip", static (in Arguments a) => a.Made(a.Text(0).TrimEnd()), "text")
        .Add("sha1", static (in Arguments a) => Hash(a, static (text, _) => SHA1.HashData(text)), "text")
        .Add("sha256", static (in Arguments a) => Hash(a, static (text, _) => SHA256.HashData(text)), "text")
        .Add("sha512", static (in Arguments a) => Hash(a, static (text, _) => SHA512.HashData(text)), "text")
        .Add("size", static (in Arguments a) => a.Text(0).Length, "text")
        .Add("slice", static (in Arguments a) => Slice(a, a.Int(2, 0) is var length and > 0 ? length : int.MaxValue), "text", "start", "length?")
        .Add("slice1", static (in Arguments a) => Slice(a, a.Int(2, 1)), "text", "start", "length?")
        .Add("split", static (in Arguments a) => Split(a), "text", "match")
        .Add("starts_with", static (in Arguments a) => Both(a) && a.Text(0).StartsWith(a.Text(1), StringComparison.Ordinal), "text", "value")
        .Add("strip", static (in Arguments a) => a.Made(a.Text(0).Trim()), "text")
        .Add("strip_newlines", static (in Arguments a) => StripNewLines(a), "text")
        .Add("to_double", static (in Arguments a) => double.TryParse(a.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var n) ? n : null, "text")
        .Add("to_float", static (in Arguments a) => float.TryParse(a.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var n) ? n : null, "text")
        .Add("to_int", static (in Arguments a) => int.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : null, "text")
        .Add("to_long", static (in Arguments a) => long.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : null, "text")
        .Add("truncate", static (in Arguments a) => Truncate(a), "text", "length", "ellipsis?")
        .Add("truncatewords", static (in Arguments a) => TruncateWords(a), "text", "count", "ellipsis?")
        .Add("upcase", static (in Arguments a) => a.Made(a.Text(0).ToUpperInvariant()), "text")
        .Add("whitespace", static (in Arguments a) => string.IsNullOrWhiteSpace(a.Text(0)), "text")
        .Seal();
#pragma warning restore CA5350, CA5351

    private static bool Both(in Arguments a) => a.Has(0) && a.Text(1).Length > 0;

    // Normalising to lower case is what the language's function does; no comparison hangs on it.
#pragma warning disable CA1308
    private static string Lower(in Arguments a) => a.Made(a.Text(0).ToLowerInvariant());
#pragma warning restore CA1308

    private static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string CapitalizeWords(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = true;
        foreach (var letter in text)
        {
            result.Append(start ? char.ToUpperInvariant(letter) : letter);
            start = char.IsWhiteSpace(letter);
        }
        return result.ToString();
    }

    private static string Handleize(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter)) result.Append(char.ToLowerInvariant(letter));
            else if (result.Length > 0 && result[^1] != '-') result.Append('-');
        }
        return result.ToString().TrimEnd('-');
    }

    private static string Escape(in Arguments a)
    {
        var result = new StringBuilder();
        Text.Escape(result, a.Text(0));
        return a.Made(result.ToString());
    }

    private static object? Literal(in Arguments a)
    {
        if (!a.Has(0)) return null;
        var result = new StringBuilder();
        Text.Quote(result, a.Text(0));
        return a.Made(result.ToString());
    }

    private static object? Base64Decode(in Arguments a)
    {
        try
        {
            return a.Made(Encoding.UTF8.GetString(Convert.FromBase64String(a.Text(0))));
        }
        catch (FormatException)
        {
            throw a.Bad("the text is not Base64.");
        }
    }

    private static string Hash(in Arguments a, Func<byte[], byte[], byte[]> hash)
    {
        var key = Encoding.UTF8.GetBytes(a.Length > 1 ? a.Text(1) : "");
        return Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(a.Text(0)), key));
    }

    private static object? IndexOf(in Arguments a)
    {
        var text = a.Text(0);
        var start = a.Int(2, 0);
        var count = a.Int(3, text.Length - start);
        if (start < 0 || start > text.Length || count < 0 || count > text.Length - start) throw a.Bad("the part to search is outside the text.");
        var comparison = StringComparison.Ordinal;
        if (a.Has(4) && (!Enum.TryParse(a.Text(4), out comparison) || !Enum.IsDefined(comparison))) throw a.Bad($"`{a.Text(4)}` is not a way to compare.");
        return text.IndexOf(a.Text(1), start, count, comparison);
    }

    private static int Width(in Arguments a)
    {
        var width = Math.Max(0, a.Int(1));
        a.Context.CheckText(width);
        a.Context.Charge(width);
        return width;
    }

    private static string Replace(in Arguments a, string match, string with)
    {
        var text = a.Text(0);
        if (match.Length == 0) return text;
        // How long it gets is known before it is made.
        long found = 0;
        for (var i = 0; (i = text.IndexOf(match, i, StringComparison.Ordinal)) >= 0; i += match.Length) found++;
        a.Context.CheckText(text.Length + found * (with.Length - match.Length));
        return a.Made(text.Replace(match, with, StringComparison.Ordinal));
    }

    private static string ReplaceOnce(in Arguments a, string with, bool fromEnd)
    {
        var (text, match) = (a.Text(0), a.Text(1));
        if (match.Length == 0) return text;
        var at = fromEnd ? text.LastIndexOf(match, StringComparison.Ordinal) : text.IndexOf(match, StringComparison.Ordinal);
        return at < 0 ? text : a.Made(string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + match.Length)));
    }

    private static string Slice(in Arguments a, int length)
    {
        var text = a.Text(0);
        long start = a.Int(1);
        if (start < 0) start += text.Length;
        // What would lie before the text is missing, and counts all the same.
        var end = Math.Min(text.Length, start + Math.Min(length, text.Length));
        start = Math.Max(0, start);
        return end <= start ? "" : a.Made(text[(int)start..(int)end]);
    }

    private static ScriptArray Split(in Arguments a)
    {
        var (text, match) = (a.Text(0), a.Text(1));
        if (text.Length == 0) return [];
        return a.Array(match.Length == 0 ? text.Select(letter => (object?)letter.ToString()) : text.Split(match, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string StripNewLines(in Arguments a) =>
        a.Made(a.Text(0).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));

    private static string Truncate(in Arguments a)
    {
        var (text, length, ellipsis) = (a.Text(0), a.Int(1), a.TextOrNull(2) ?? "...");
        if (length < 0) return "";
        if (text.Length <= length) return text;
        return a.Made(text[..Math.Max(0, length - ellipsis.Length)] + ellipsis);
    }

    private static string TruncateWords(in Arguments a)
    {
        var text = a.Text(0);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var count = a.Int(1);
        if (words.Length <= count) return a.Made(string.Join(' ', words));
        return a.Made(string.Join(' ', words.Take(Math.Max(0, count))) + (a.TextOrNull(2) ?? "..."));
    }
}
