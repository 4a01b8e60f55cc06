using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Isolation.Tests.Web;

/// <summary>A form as a page shows it: where it is sent, and what would be sent if nobody typed anything.</summary>
/// <param name="Action">Where to; empty for the page itself.</param>
/// <param name="IsPost">True when it changes something.</param>
/// <param name="IsUpload">True when it carries files.</param>
/// <param name="Fields">Names and values, in order; the token of the form is left out.</param>
/// <param name="Texts">Names and types of those that people type into.</param>
/// <param name="Files">Names of file fields.</param>
/// <param name="Names">Names of all controls, boxes that are not ticked among them.</param>
sealed partial record HtmlForm(
    string Action, bool IsPost, bool IsUpload, IReadOnlyList<KeyValuePair<string, string>> Fields, IReadOnlyList<(string Name, string Type)> Texts, IReadOnlyList<string> Files, IReadOnlySet<string> Names)
{
    /// <summary>Name of the field that proves that the form is ours.</summary>
    public const string Key = "form-key";

    /// <summary>The part of the address that names the page's handler.</summary>
    public string? Handler => HandlerOf().Match(Action) is { Success: true } match ? Uri.UnescapeDataString(match.Groups[1].Value) : null;

    public static IReadOnlyList<HtmlForm> Of(string html) => [.. Forms().Matches(html).Select(form => Read(form.Groups[1].Value, form.Groups[2].Value))];

    /// <summary>The token of the first form that has one; null when there is none.</summary>
    public static string? TokenOf(string html) => Token().Match(html) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Where the form of a page is sent.</summary>
    public string TargetOn(string page) => Action.Length == 0 ? page : Action[0] == '?' ? page.Split('?')[0] + Action : Action;

    /// <summary>The fields filled in so that the page could take them: what it has in them, something of the kind where it has nothing, and what is given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filled(int number, IReadOnlyDictionary<string, string> given) =>
        [.. Fields.Select(field => given.TryGetValue(field.Key, out var value) ? KeyValuePair.Create(field.Key, value)
            : field.Value.Length == 0 && Texts.FirstOrDefault(text => text.Name == field.Key) is { Name: not null } text ? KeyValuePair.Create(field.Key, Something(text, number)) : field)];

    static string Something((string Name, string Type) text, int number) => text switch
    {
        ({ } name, _) when name.Contains("email", StringComparison.OrdinalIgnoreCase) => $"typed{number}@example.com",
        (_, "email") => $"typed{number}@example.com",
        (_, "date") => "2026-11-10",
        (_, "number") => "1",
        (_, "url") => "https://typed.example",
        (_, "tel") => "020 7946 0000",
        (_, "color") => "#123456",
        (_, "password") => "",
        _ => $"Typed {number}",
    };

    static HtmlForm Read(string start, string content)
    {
        var (fields, texts, files) = (new List<KeyValuePair<string, string>>(), new List<(string, string)>(), new List<string>());
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match element in Controls().Matches(content))
        {
            var tag = element.Groups[1].Value;
            if (Attribute(tag, "name") is not { Length: > 0 } name || name == Key) continue;
            names.Add(name);
            var type = Attribute(tag, "type") ?? (Attribute(tag, "inputmode") is "decimal" or "numeric" ? "number" : "text");
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
                texts.Add((name, type));
            }
        }
        return new HtmlForm(Attribute(start, "action") ?? "", string.Equals(Attribute(start, "method"), "post", StringComparison.OrdinalIgnoreCase),
            start.Contains("multipart/form-data", StringComparison.Ordinal), fields, texts, files, names);
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
