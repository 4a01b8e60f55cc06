using System.Xml;
using System.Xml.Linq;
using Billing.Abstractions.Values;

namespace Billing.Portal.Brands;

/// <summary>
/// Takes an SVG logo apart and puts it together again from what is known to draw and nothing else. What could run, fetch or hide is refused with
/// the reason; what drawing programs leave behind without effect (comments, their own names, metadata) is left out.
/// </summary>
internal static class SvgLogo
{
    /// <summary>Most characters. The logo is part of every invoice's frozen data, so it is kept small.</summary>
    public const int LongestText = 96 * 1024;

    private const int MostElements = 2000;
    private const int DeepestElement = 40;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private static readonly HashSet<string> Drawing = new(StringComparer.Ordinal)
    {
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath",
        "mask", "pattern", "use", "symbol", "marker",
    };

    private static readonly HashSet<string> WithoutEffect = new(StringComparer.Ordinal) { "metadata", "style" };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "id", "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy", "d", "points", "width", "height", "viewBox", "preserveAspectRatio", "transform",
        "gradientUnits", "gradientTransform", "spreadMethod", "offset", "clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits", "patternContentUnits", "patternTransform", "version",
        "pathLength", "rotate", "textLength", "lengthAdjust", "refX", "refY", "markerWidth", "markerHeight", "markerUnits", "orient", "role", "aria-label", "aria-hidden",
    };

    private static readonly HashSet<string> Presentation = new(StringComparer.Ordinal)
    {
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "opacity",
        "color", "stop-color", "stop-opacity", "clip-path", "clip-rule", "mask", "font-family", "font-size", "font-weight", "font-style", "font-variant", "letter-spacing", "word-spacing", "text-anchor",
        "text-decoration", "dominant-baseline", "alignment-baseline", "baseline-shift", "display", "visibility", "overflow", "vector-effect", "paint-order", "shape-rendering", "text-rendering", "marker-start", "marker-mid",
        "marker-end", "isolation", "mix-blend-mode",
    };

    /// <summary>Reads a logo.</summary>
    /// <returns>The cleaned text, or <c>brand.bad-logo</c> with what is wrong and where.</returns>
    public static Result<string> Read(string text)
    {
        if (text.Length > LongestText) return Bad($"The file has {text.Length} characters; at most {LongestText} are kept. Simplify the drawing, or export a small PNG.");
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = LongestText, MaxCharactersFromEntities = 1024 });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException broken)
        {
            return Bad($"The file is no SVG: {broken.Message}");
        }
        var root = document.Root!;
        if (root.Name != Svg + "svg") return Bad($"The file's outermost element is <{root.Name.LocalName}>, not an <svg> in the SVG namespace.");
        if (root.DescendantsAndSelf().Count() > MostElements) return Bad($"The drawing has more than {MostElements} elements. Simplify it, or export a small PNG.");

        var styles = SvgStyles.Read(root.Descendants(Svg + "style"));
        if (!styles.TryGet(out var rules, out var wrong)) return wrong;
        var cleaned = Clean(root, rules, 0);
        if (!cleaned.TryGet(out var clean, out wrong)) return wrong;
        return GiveSize(clean!).TryGet(out var sized, out wrong) ? sized.ToString(SaveOptions.DisableFormatting) : wrong;
    }

    // Null for an element without effect.
    private static Result<XElement?> Clean(XElement element, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> rules, int depth)
    {
        if (depth > DeepestElement) return Bad($"{At(element)} lies more than {DeepestElement} elements deep.");
        if (element.Name.Namespace != Svg || WithoutEffect.Contains(element.Name.LocalName)) return Result.Of<XElement?>(null);
        var name = element.Name.LocalName;
        if (!Drawing.Contains(name)) return Bad($"{At(element)} can't be in a logo: {WhyNot(name)}");

        var clean = new XElement(Svg + name);
        var looks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in element.Attributes())
        {
            if (attribute.IsNamespaceDeclaration) continue;
            var kept = Clean(element, attribute, clean, looks, rules);
            if (kept is not null) return kept;
        }
        foreach (var (property, value) in looks) clean.SetAttributeValue(property, value);

        foreach (var node in element.Nodes())
        {
            if (node is XText words) clean.Add(new XText(words.Value));
            if (node is not XElement child) continue;
            var inner = Clean(child, rules, depth + 1);
            if (!inner.TryGet(out var part, out var wrong) && wrong is not null) return wrong;
            if (part is not null) clean.Add(part);
        }
        return Result.Of<XElement?>(clean);
    }

    private static Failure? Clean(XElement element, XAttribute attribute, XElement clean, Dictionary<string, string> looks, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> rules)
    {
        var (name, value) = (attribute.Name.LocalName, attribute.Value.Trim());
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase)) return Bad($"{At(element)} has {name}=\"…\", which runs a script. Export the drawing without scripts.");
        if (name == "href")
        {
            if (!value.StartsWith('#')) return Bad($"{At(element)} refers to '{Short(value)}'. A logo can refer only to its own parts (#name); pictures in it have to be drawn.");
            clean.SetAttributeValue("href", value);
            return null;
        }
        // Names of drawing programs.
        if (attribute.Name.Namespace != XNamespace.None || attribute.Name.Namespace == XLink) return null;
        if (name == "style") return Add(element, SvgStyles.Declarations(value), looks);
        if (name == "class")
        {
            foreach (var word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                if (rules.TryGetValue(word, out var rule) && Add(element, rule, looks) is { } wrong) return wrong;
            return null;
        }
        if (Presentation.Contains(name))
        {
            if (!IsHarmless(value)) return Foreign(element, name, value);
            // What a style says wins over the attribute.
            looks.TryAdd(name, value);
            return null;
        }
        if (!Attributes.Contains(name)) return null;
        if (!IsHarmless(value)) return Foreign(element, name, value);
        clean.SetAttributeValue(name, value);
        return null;
    }

    private static Failure? Add(XElement element, IReadOnlyDictionary<string, string> declarations, Dictionary<string, string> looks)
    {
        foreach (var (property, value) in declarations)
        {
            if (!IsHarmless(value)) return Foreign(element, property, value);
            if (Presentation.Contains(property)) looks[property] = value;
        }
        return null;
    }

    private static Failure Foreign(XElement element, string name, string value) =>
        Bad($"{At(element)} has {name}=\"{Short(value)}\", which refers to something outside the drawing. Only references such as url(#name) are kept.");

    // A reference to the drawing's own parts, or none. A backslash could spell url( in another way.
    private static bool IsHarmless(string value)
    {
        var plain = value.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).ToLowerInvariant();
        if (plain.Contains('\\', StringComparison.Ordinal) || plain.Contains("javascript:", StringComparison.Ordinal) || plain.Contains("expression(", StringComparison.Ordinal)) return false;
        for (var at = plain.IndexOf("url(", StringComparison.Ordinal); at >= 0; at = plain.IndexOf("url(", at + 4, StringComparison.Ordinal))
            if (at + 4 >= plain.Length || plain[at + 4] != '#') return false;
        return true;
    }

    // Without a view box a browser can't scale it; without a size an <img> has none.
    private static Result<XElement> GiveSize(XElement svg)
    {
        if (svg.Attribute("viewBox") is null)
        {
            if (LengthOf(svg, "width") is not { } width || LengthOf(svg, "height") is not { } height) return Bad("The <svg> has neither a viewBox nor a width and a height, so it has no shape. Export it with its size.");
            svg.SetAttributeValue("viewBox", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        }
        var box = svg.Attribute("viewBox")!.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (box.Length != 4 || !TryNumber(box[2], out var w) || !TryNumber(box[3], out var h) || w <= 0 || h <= 0) return Bad($"The viewBox '{Short(svg.Attribute("viewBox")!.Value)}' is not four numbers with a width and a height.");
        if (w / h > 12 || h / w > 3) return Bad(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The drawing is {w:0.#} by {h:0.#}: a logo at the head of a bill is at most twelve times as wide as high, or three times as high as wide. Cut off the empty margin."));
        svg.SetAttributeValue("width", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{w:0.###}"));
        svg.SetAttributeValue("height", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{h:0.###}"));
        return svg;
    }

    private static double? LengthOf(XElement svg, string name) =>
        svg.Attribute(name)?.Value.Replace("px", "", StringComparison.Ordinal) is { } text && TryNumber(text, out var length) && length > 0 ? length : null;

    private static bool TryNumber(string text, out double number) => double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out number);

    private static string WhyNot(string name) => name.ToLowerInvariant() switch
    {
        "script" => "it runs a program.",
        "foreignobject" => "it brings in a piece of a web page.",
        "image" => "it brings in a picture. Upload a PNG instead of an SVG around one.",
        "a" => "it is a link.",
        "animate" or "animatetransform" or "animatemotion" or "set" => "it moves, and paper does not.",
        "filter" => "filters print badly. Flatten the effect in the drawing program.",
        _ => "it is not one of the elements that draw a shape or a text.",
    };

    private static string At(XElement element) => element is IXmlLineInfo place && place.HasLineInfo()
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Line {place.LineNumber}: <{element.Name.LocalName}>")
        : $"<{element.Name.LocalName}>";

    private static string Short(string value) => value.Length > 60 ? value[..60] + "…" : value;

    internal static Failure Bad(string why) => new("brand.bad-logo", why) { Field = "logo" };
}
