using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Delivery.Rendering;

/// <summary>A document that may share a print with others of the same template, taken apart.</summary>
/// <remarks>Joining puts many bodies under one head. That is right only for a template that does not notice, so the template must say
/// <c>&lt;meta name="billing-print" content="joinable"&gt;</c>; what is known to go wrong is refused here all the same, and such a document is
/// printed alone: same look, less speed. Refused are fixed positions (they repeat on the neighbours' pages), counters and page rules other than
/// one plain <c>@page</c>, rules for the body's own children, a body with margins, links and references within the document (names would be
/// taken twice), and elements left open.</remarks>
sealed partial record JoinableDocument(string Language, string Head, string PageRule, string BodyTag, string Content, string Title)
{
    /// <summary>Documents with the same key can be joined. Each keeps a page rule of its own, so that it can name itself at the foot of its pages.</summary>
    public (string, string, string) Template => (Language, Head, BodyTag);

    /// <summary>Whether the page rule prints the number of pages, which must then be known before the print.</summary>
    public bool ShowsPageCount => PageCount().IsMatch(PageRule);

    /// <summary>The page rule for one of the joined documents, with a counter of its own.</summary>
    public string PageRuleFor(string counter, int pages) =>
        PageCount().Replace(PageNumber().Replace(PageRule, $"counter({counter}$1)"), $"\"{pages}\"");

    public static JoinableDocument? Read(string html)
    {
        var whole = Whole().Match(html);
        if (!whole.Success) return null;
        string head = whole.Groups["head"].Value, content = whole.Groups["content"].Value;
        if (!OptIn().IsMatch(head) || !BodyWithoutMargin().IsMatch(head)) return null;
        if (ForbiddenInHead().IsMatch(head) || ForbiddenInContent().IsMatch(content) || !IsBalanced(content)) return null;
        var title = TitleElement().Match(head);
        head = TitleElement().Replace(head, "");
        var rules = PageRules().Matches(head);
        if (rules.Count != 1 || AnyPageRule().Count(head) != 1) return null;
        head = PageRules().Replace(head, "");
        var text = Spaces().Replace(WebUtility.HtmlDecode(title.Groups[1].Value), " ").Trim();
        return new JoinableDocument(whole.Groups["language"].Value, head, rules[0].Groups[1].Value, whole.Groups["body"].Value, content, text);
    }

    // An element left open would take the next document in.
    static bool IsBalanced(string content)
    {
        Dictionary<string, int> open = new(StringComparer.OrdinalIgnoreCase);
        foreach (Match tag in Tag().Matches(content))
        {
            var name = tag.Groups[2].Value;
            if (tag.Groups[3].Success || VoidElement().IsMatch(name)) continue;
            open[name] = open.GetValueOrDefault(name) + (tag.Groups[1].Success ? -1 : 1);
            if (open[name] < 0) return false;
        }
        return open.Values.All(count => count == 0);
    }

    const RegexOptions Html = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\A\s*<!DOCTYPE html>\s*<html(?<language>[^<>]*)>\s*<head>(?<head>.*?)</head>\s*<body(?<body>[^<>]*)>(?<content>.*)</body>\s*</html>\s*\z", Html)]
    private static partial Regex Whole();

    [GeneratedRegex("""<meta\s+name="billing-print"\s+content="joinable"\s*/?>""", Html)]
    private static partial Regex OptIn();

    [GeneratedRegex(@"(?<![\w.#-])body\s*\{[^{}]*(?<![\w-])margin\s*:\s*0\s*[;}]", Html)]
    private static partial Regex BodyWithoutMargin();

    [GeneratedRegex(@"position\s*:\s*(fixed|sticky|absolute)|counter-|counters\s*\(|target-|(?<![\w.#-])(body|html)\s*[>+~:.\[]|(?<![\w.#-])body\s*\{[^{}]*padding|[;{\s]page\s*:|:root|/\*|<base|<link|<!--", Html)]
    private static partial Regex ForbiddenInHead();

    [GeneratedRegex(@"<[^<>]*(position\s*:\s*(fixed|sticky|absolute)|counter-|[;""'\s]page\s*:)|href\s*=\s*[""']?\s*#|url\(\s*[""']?#|usemap|<!|<(style|script|link|base|meta|title|body|html|head|template|noscript|textarea|plaintext|xmp|listing|frameset|iframe|object|embed|select)\b", Html)]
    private static partial Regex ForbiddenInContent();

    [GeneratedRegex("<title>(.*?)</title>", Html)]
    private static partial Regex TitleElement();

    [GeneratedRegex(@"@page\s*\{((?:[^{}]|\{[^{}]*\})*)\}", Html)]
    private static partial Regex PageRules();

    [GeneratedRegex("@page", Html)]
    private static partial Regex AnyPageRule();

    [GeneratedRegex(@"counter\(\s*page\s*(,[^()]*)?\)", Html)]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"counter\(\s*pages\s*\)", Html)]
    private static partial Regex PageCount();

    [GeneratedRegex(@"<(/)?([a-z][a-z0-9-]*)(?:""[^""]*""|'[^']*'|[^""'<>])*?(/)?>", Html)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A(br|hr|img|wbr|col|input|area|source|track)\z", Html)]
    private static partial Regex VoidElement();

    [GeneratedRegex(@"\s+", Html)]
    private static partial Regex Spaces();
}
