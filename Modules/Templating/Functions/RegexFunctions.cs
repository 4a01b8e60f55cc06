using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>regex.*</c>, each match within <see cref="TemplateLimits.RegexTime"/>.</summary>
static class RegexFunctions
{
    private const int KeptMax = 200;
    private const int PatternMax = 5000;

    private static readonly ConcurrentDictionary<(string Pattern, RegexOptions Options, TimeSpan Time), Regex> Kept = new();

    public static BuiltinObject Create() => new BuiltinObject("regex")
        .Add("escape", static (in Arguments a) => a.TextOrNull(0) is { } text ? a.Made(Regex.Escape(text)) : null, "pattern")
        .Add("match", static (in Arguments a) => Timed(a, static (in Arguments a, Regex regex) => Groups(a, regex.Match(a.Text(0)))), "text", "pattern", "options?")
        .Add("matches", static (in Arguments a) => Timed(a, Matches), "text", "pattern", "options?")
        .Add("replace", static (in Arguments a) => Timed(a, static (in Arguments a, Regex regex) => Replace(a, regex), 3), "text", "pattern", "replace", "options?")
        .Add("split", static (in Arguments a) => Timed(a, static (in Arguments a, Regex regex) => Split(a, regex)), "text", "pattern", "options?")
        .Add("unescape", Unescape, "pattern")
        .Seal();

    private delegate object? Work(in Arguments a, Regex regex);

    private static object? Timed(in Arguments a, Work work, int options = 2)
    {
        try
        {
            return work(a, Find(a, options));
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ValueException(TemplateErrorCodes.LimitRegex,
                $"The regular expression takes longer than {a.Context.Limits.RegexTime.TotalMilliseconds} milliseconds.");
        }
    }

    private static Regex Find(in Arguments a, int options)
    {
        var pattern = a.Text(1);
        if (pattern.Length > PatternMax) throw a.Bad($"a pattern can have {PatternMax} characters.");
        var flags = RegexOptions.CultureInvariant;
        foreach (var letter in a.Text(options))
        {
            flags |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw a.Bad($"`{letter}` is not an option; there are i, m, s and x."),
            };
        }
        var key = (pattern, flags, a.Context.Limits.RegexTime);
        if (Kept.TryGetValue(key, out var known)) return known;
        try
        {
            var made = new Regex(pattern, flags, a.Context.Limits.RegexTime);
            // A page of ever new patterns must not fill the memory.
            if (Kept.Count < KeptMax) Kept.TryAdd(key, made);
            return made;
        }
        catch (ArgumentException e)
        {
            throw new ValueException(TemplateErrorCodes.Regex, $"The regular expression cannot be read: {e.Message}");
        }
    }

    private static ScriptArray Groups(in Arguments a, Match match)
    {
        var groups = new ScriptArray();
        if (match.Success) groups.AddRange(match.Groups.Cast<Group>().Select(group => group.Value));
        a.Context.Charge(groups.Count);
        return groups;
    }

    private static object? Matches(in Arguments a, Regex regex)
    {
        var all = new ScriptArray();
        for (var match = regex.Match(a.Text(0)); match.Success; match = match.NextMatch())
        {
            a.Context.CheckArray(all.Count + 1);
            all.Add(Groups(a, match));
        }
        return all;
    }

    private static string Replace(in Arguments a, Regex regex)
    {
        var text = a.Text(0);
        var with = a.Text(2);
        // What a replacement may grow to is known only match by match.
        var context = a.Context;
        long length = 0;
        return a.Made(regex.Replace(text, match =>
        {
            var result = match.Result(with);
            context.CheckText(length += result.Length);
            return result;
        }));
    }

    private static ScriptArray Split(in Arguments a, Regex regex) => a.Array(regex.Split(a.Text(0)));

    private static object? Unescape(in Arguments a)
    {
        if (!a.Has(0)) return null;
        try
        {
            return a.Made(Regex.Unescape(a.Text(0)));
        }
        catch (ArgumentException e)
        {
            throw new ValueException(TemplateErrorCodes.Regex, $"The text cannot be unescaped: {e.Message}");
        }
    }
}
