using System.Net;
using System.Text;
using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>html.*</c>. Where escaping is on, what these escape themselves is not escaped again.</summary>
static class HtmlFunctions
{
    public static BuiltinObject Create() => new BuiltinObject("html")
        .Add("escape", static (in Arguments a) => Escape(a), "text")
        .Add("newline_to_br", static (in Arguments a) => NewLines(a), "text")
        .Add("strip", static (in Arguments a) => a.TextOrNull(0) is { } text ? a.Made(Strip(text)) : null, "text")
        .Add("url_encode", static (in Arguments a) => a.TextOrNull(0) is { } text ? a.Made(Uri.EscapeDataString(text)) : null, "text")
        .Add("url_escape", static (in Arguments a) => a.TextOrNull(0) is { } text ? a.Made(UrlEscape(text)) : null, "text")
        // Ours: the one door past escaping.
        .AddHidden("raw", static (in Arguments a) => a[0] is SafeText ? a[0] : a.TextOrNull(0) is { } text ? new SafeText(text) : null, "text")
        .Seal();

    private static object? Escape(in Arguments a)
    {
        if (a[0] is null || (a.Context.EscapeHtml && a[0] is SafeText)) return a[0];
        return a.Context.Rendered(a.Made(WebUtility.HtmlEncode(a.Text(0))));
    }

    private static object? NewLines(in Arguments a)
    {
        if (a[0] is null) return null;
        var text = a.Text(0);
        if (a.Context.EscapeHtml && a[0] is not SafeText) text = Html.Escape(text);
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\n' or '\r')
            {
                result.Append("<br />").Append(text[i]);
                if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') result.Append(text[++i]);
            }
            else
            {
                result.Append(text[i]);
            }
        }
        return a.Context.Rendered(a.Made(result.ToString()));
    }

    /// <summary>Text without tags, comments, scripts and styles; in one pass, so that no markup can make it slow.</summary>
    private static string Strip(string text)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            var end = open < 0 ? -1 : EndOfMarkup(text, open);
            if (end < 0)
            {
                result.Append(text, at, text.Length - at);
                break;
            }
            result.Append(text, at, open - at);
            at = end;
        }
        return result.ToString();
    }

    private static int EndOfMarkup(string text, int open)
    {
        var rest = text.AsSpan(open);
        if (rest.StartsWith("<!--", StringComparison.Ordinal)) return After(text, "-->", open + 4);
        foreach (var element in (string[])["script", "style"])
        {
            if (!rest[1..].StartsWith(element, StringComparison.OrdinalIgnoreCase)) continue;
            var after = rest.Length > element.Length + 1 ? rest[element.Length + 1] : ' ';
            if (char.IsLetterOrDigit(after)) continue;
            var close = After(text, "</" + element, open);
            return close < 0 ? -1 : After(text, ">", close);
        }
        var quote = '\0';
        for (var i = open + 1; i < text.Length; i++)
        {
            var sign = text[i];
            if (quote != '\0')
            {
                if (sign == quote) quote = '\0';
            }
            else if (sign is '"' or '\'')
            {
                quote = sign;
            }
            else if (sign == '>')
            {
                return i + 1;
            }
        }
        // A quote that is never closed is no quote.
        return After(text, ">", open);
    }

    private static int After(string text, string mark, int from)
    {
        var found = text.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? -1 : found + mark.Length;
    }

    /// <summary>Percent-encodes what may not stand in a URL and leaves what has a meaning there.</summary>
    private static string UrlEscape(string text)
    {
        const string allowed = "-_.~!*'();:@&=+$,/?#[]";
        var result = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || allowed.Contains((char)rune.Value)))
            {
                result.Append((char)rune.Value);
                continue;
            }
            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
                result.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{part:X2}");
        }
        return result.ToString();
    }
}
