namespace Billing.Templating;

/// <summary>How a template is compiled.</summary>
public sealed record TemplateOptions
{
    /// <summary>HTML escaping on, no includes, default limits.</summary>
    public static TemplateOptions Html { get; } = new();

    /// <summary>Escaping off: the language exactly as it is published.</summary>
    public static TemplateOptions Text { get; } = new() { EscapeHtml = false };

    /// <summary>The name that errors show.</summary>
    public string Name { get; init; } = "template";

    /// <summary>Whether the result of every <c>{{ expression }}</c> is escaped unless it is <see cref="SafeText"/>. On by default.</summary>
    public bool EscapeHtml { get; init; } = true;

    /// <summary>Whether lines of a multi-line value follow the indentation of the code that writes them.</summary>
    public bool AutoIndent { get; init; } = true;

    /// <summary>Whether a code part between two <c>+++</c> lines at the very start is run before the template.</summary>
    public bool FrontMatter { get; init; }

    /// <summary>Where <c>include</c> finds templates; without one, including is an error.</summary>
    public ITemplateLoader? Loader { get; init; }

    /// <summary>What the template may ask for.</summary>
    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;

    /// <summary>Options for a file by its extension: <c>.sbn</c>, <c>.sbntxt</c> and <c>.txt</c> are text, everything else is HTML.</summary>
    public static TemplateOptions ForFile(string path) =>
        (Path.GetExtension(path).ToUpperInvariant() is ".SBN" or ".SBNTXT" or ".TXT" ? Text : Html) with { Name = Path.GetFileName(path) };
}
