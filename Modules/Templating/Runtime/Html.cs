using System.Buffers;
using System.Text;

namespace Billing.Templating.Runtime;

/// <summary>Escaping for HTML text and quoted attributes.</summary>
static class Html
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");

    public static void Append(StringBuilder output, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var next = text.IndexOfAny(Special);
            if (next < 0)
            {
                output.Append(text);
                return;
            }
            output.Append(text[..next]).Append(text[next] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ => "&#39;",
            });
            text = text[(next + 1)..];
        }
    }

    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special)) return text;
        var output = new StringBuilder(text.Length + 16);
        Append(output, text);
        return output.ToString();
    }
}
