using System.Text.RegularExpressions;
using System.Xml.Linq;
using Billing.Abstractions.Values;

namespace Billing.Portal.Brands;

/// <summary>
/// The rules of a drawing's own style sheet by class, so that they can be written onto the elements: inside a page a style sheet would reach for
/// more than the drawing.
/// </summary>
internal static partial class SvgStyles
{
    /// <summary>Reads rules of the form <c>.name, .other { property: value }</c>, which is what drawing programs write.</summary>
    public static Result<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> Read(IEnumerable<XElement> sheets)
    {
        var rules = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var sheet in sheets)
        {
            var text = Comment().Replace(sheet.Value, "").Trim();
            if (text.Contains('@', StringComparison.Ordinal)) return SvgLogo.Bad("The drawing's <style> has an @ rule, such as a font or a sheet from elsewhere. Turn texts into paths and export again.");
            foreach (var block in text.Split('}', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (block.Split('{') is not [var selectors, var body]) return SvgLogo.Bad("The drawing's <style> can't be read. Export it with presentation attributes instead of a style sheet.");
                foreach (var selector in selectors.Split(',', StringSplitOptions.TrimEntries))
                {
                    if (!Class().IsMatch(selector)) return SvgLogo.Bad($"The drawing's <style> has the selector '{selector}'; only classes such as .st0 are understood. Export it with presentation attributes.");
                    var all = new Dictionary<string, string>(rules.GetValueOrDefault(selector[1..]) ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
                    foreach (var (property, value) in Declarations(body)) all[property] = value;
                    rules[selector[1..]] = all;
                }
            }
        }
        return rules;
    }

    /// <summary>The declarations of a <c>style="…"</c> or of a rule.</summary>
    public static IReadOnlyDictionary<string, string> Declarations(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var declaration in Comment().Replace(text, "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (declaration.Split(':', 2) is [var property, var value])
                found[property.Trim().ToLowerInvariant()] = value.Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim();
        return found;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\.-?[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Class();
}
