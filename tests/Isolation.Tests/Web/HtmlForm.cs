using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Isolation.Tests.Web;

/// <summary>A form as a page shows it: where it is sent, and what would be sent if nobody typed anything.</summary>
/// <param name="Action">Where to; empty for the page itself.</param>
/// <param name="IsPost">True when it changes something.</param>
/// <param name="IsUpload">True when it carries files.</param>
/// <param name="Fields">Names and values, in order; the token of the form is left out.</param>
/// <param name="Texts">Names of those that people type into.</param>
/// <param name="Files">Names of file fields.</param>
sealed partial record HtmlForm(string Action, bool IsPost, bool IsUpload, IReadOnlyList<KeyValuePair<string, string>> Fields, IReadOnlyList<string> Texts, IReadOnlyList<string> Files)
{
    /// <summary>Name of the field that proves that the form is ours.</summary>
    public const string Key = "form-key";

    /// <summary>The part of the address that names the page's handler.</summary>
    public string? Handler => HandlerOf().Match(Action) is { Success: true } match ? Uri.UnescapeDataString(match.Groups[1].Value) : null;

    public static IReadOnlyList<HtmlForm> Of(string html) => [.. Forms().Matches(html).Select(form => Read(form.Groups[1].Value, form.Groups[2].Value))];

    /// <summary>The token of the first form that has one; null when there is none.</summary>
    public static string? TokenOf(string html) => Token().Match(html) is { Success: true } match ? match.Groups[1].Value : null;

    static HtmlForm Read(string start, string content)
    {
        var (fields, texts, files) = (new List<KeyValuePair<string, string>>(), new List<string>(), new List<string>());
        foreach (Match element in Controls().Matches(content))
        {
            var tag = element.Groups[1].Value;
            if (Attribute(tag, "name") is not { Length: > 0 } name || name == Key) continue;
            var type = Attribute(tag, "type") ?? "text";
            if (tag.StartsWith("select", StringComparison.Ordinal)) fields.Add(new(name, ChosenOf(element.Groups[2].Value)));
            else if (tag.StartsWith("textarea", StringComparison.Ordinal)) Type(WebUtility.HtmlDecode(element.Groups[3].Value));
            else if (type is "file") files.Add(name);
            else if (type is "checkbox" or "radio")
            {
                if (HasAttribute(tag, "checked")) fields.Add(new(name, Attribute(tag, "value") ?? "on"));
            }
            else if (type is "hidden" or "submit" or "button" || tag.StartsWith("button", StringComparison.Ordinal))
            {
                if (!fields.Any(field => field.Key == name && tag.StartsWith("button", StringComparison.Ordinal))) fields.Add(new(name, Attribute(tag, "value") ?? ""));
            }
            else Type(Attribute(tag, "value") ?? "");

            void Type(string value)
            {
                fields.Add(new(name, value));
                texts.Add(name);
            }
        }
        return new HtmlForm(Attribute(start, "action") ?? "", string.Equals(Attribute(start, "method"), "post", StringComparison.OrdinalIgnoreCase),
            start.Contains("multipart/form-data", StringComparison.Ordinal), fields, texts, files);
    }

    static string ChosenOf(string options)
    {
        var all = Options().Matches(options).Select(match => (Tag: match.Groups[1].Value, Text: match.Groups[2].Value)).ToList();
        if (all.Count == 0) return "";
        // What is chosen; else the first that says something.
        var chosen = all.Where(option => HasAttribute(option.Tag, "selected")).Concat(all.Where(option => (Attribute(option.Tag, "value") ?? option.Text).Length > 0)).Concat(all).First();
        return Attribute(chosen.Tag, "value") ?? WebUtility.HtmlDecode(chosen.Text).Trim();
    }

    static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    static bool HasAttribute(string tag, string name) => Regex.IsMatch(tag, $"\\s{name}(\\s|=|$)");

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<((?:input|button)\\b[^>]*|select\\b[^>]*|textarea\\b[^>]*)>(?:(?<=<select[^>]*>)(.*?)</select>|(?<=<textarea[^>]*>)(.*?)</textarea>)?", RegexOptions.Singleline)]
    private static partial Regex Controls();

    [GeneratedRegex("<(option[^>]*)>([^<]*)", RegexOptions.Singleline)]
    private static partial Regex Options();

    [GeneratedRegex("name=\"form-key\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("[?&]handler=([^&]+)")]
    private static partial Regex HandlerOf();
}
