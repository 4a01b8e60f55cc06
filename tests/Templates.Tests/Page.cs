using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Billing.Invoicing.Documents;
using Billing.Templating;

namespace Billing.Templates.Tests;

/// <summary>A rendered invoice, read by a strict parser: a page that hostile text has broken is not one.</summary>
sealed partial class Page
{
    static readonly Lazy<Template> Standard = new(() =>
    {
        var file = Repository.File("templates", "invoices", "standard.sbnhtml");
        return Template.Compile(File.ReadAllText(file), TemplateOptions.ForFile(file)).TemplateOrThrow();
    });

    Page(string html)
    {
        Html = html;
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        Root = XDocument.Load(reader).Root!;
    }

    public string Html { get; }

    public XElement Root { get; }

    public string Style => Root.Descendants("style").Single().Value;

    /// <summary>The words of the page, every run of white space as one blank.</summary>
    public string Words => White().Replace(Root.Element("body")!.Value, " ");

    public static Page Of(InvoiceDocument invoice) => new(Render(new Dictionary<string, object?> { ["invoice"] = invoice }));

    /// <summary>From the JSON in which invoices are kept.</summary>
    public static Page Of(System.Text.Json.JsonDocument globals) => new(Render(globals));

    /// <summary>The rows below a heading: of every table up to the next heading of the same level or a higher one.</summary>
    public List<string[]> Rows(string heading)
    {
        var start = Root.Descendants().Single(element => element.Name.LocalName is "h2" or "h3" && element.Value == heading);
        return [.. start.ElementsAfterSelf()
            .TakeWhile(element => element.Name.LocalName != "h2" && element.Name != start.Name)
            .SelectMany(element => element.DescendantsAndSelf("table"))
            .SelectMany(table => table.Descendants("tr").Where(row => row.Elements("td").Any()))
            .Select(row => row.Elements("td").Select(cell => White().Replace(cell.Value, " ").Trim()).ToArray())];
    }

    static string Render(object globals) => Standard.Value.Render(globals).TextOrThrow();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
