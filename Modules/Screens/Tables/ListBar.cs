using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Tables;

/// <summary>
/// What stands above a list: the search box, filters of its own (the content), the choice of columns, and the same list as a file:
/// <c>&lt;list-bar of="list" label="Number or name" columns="Model.Columns" export="~/runs/4/invoices"&gt;…&lt;/list-bar&gt;</c>. All of it is in the address.
/// </summary>
/// <param name="urls">Turns <c>~/</c> into the tenant's address.</param>
[HtmlTargetElement("list-bar")]
public sealed class ListBar(IUrlHelperFactory urls) : TagHelper
{
    /// <summary>The list.</summary>
    public ListQuery Of { get; set; } = null!;

    /// <summary>What the search box looks through.</summary>
    public string Label { get; set; } = "Search";

    /// <summary>Columns that may be left out; none offers no choice.</summary>
    public IReadOnlyList<ListColumn> Columns { get; set; } = [];

    /// <summary>Address of the export without <c>.csv</c> and <c>.xlsx</c>; null for none, also for who may not take lists out.</summary>
    public string? Export { get; set; }

    /// <summary>Where the list stands in its page, to come back to: <c>invoices</c>.</summary>
    public string? Anchor { get; set; }

    /// <summary>Members of the address that the content has fields for, apart by spaces.</summary>
    public string Filters { get; set; } = "";

    /// <summary>Set by the framework.</summary>
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var own = await output.GetChildContentAsync();
        var anchor = Anchor is null ? "" : "#" + Anchor;
        output.TagName = "form";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "filter");
        output.Attributes.SetAttribute("method", "get");
        output.Attributes.SetAttribute("role", "search");
        output.Attributes.SetAttribute("aria-label", Label);
        if (Anchor is not null) output.Attributes.SetAttribute("action", anchor);

        var html = output.Content;
        html.AppendHtml("<label for=\"q\">").Append(Label).AppendHtml("</label><input id=\"q\" name=\"q\" type=\"search\" class=\"form-control\" maxlength=\"200\" autocomplete=\"off\" value=\"")
            .Append(Of.Search).AppendHtml("\">").AppendHtml(own);
        var fields = Filters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (name, value) in Of.KeptByForm(fields))
            html.AppendHtml("<input type=\"hidden\" name=\"").Append(name).AppendHtml("\" value=\"").Append(value).AppendHtml("\">");
        html.AppendHtml("<button type=\"submit\" class=\"btn btn-primary\">Show</button>");
        if (Of.IsNarrowed(fields)) html.AppendHtml("<a href=\"").Append(Of.Cleared(fields) + anchor).AppendHtml("\">Show all</a>");
        if (Columns.Count > 0) AppendColumns(output);
        if (Export is null) return;
        var address = urls.GetUrlHelper(ViewContext).Content(Export);
        html.AppendHtml("<span class=\"right\">Export: ");
        Link("csv", "CSV");
        html.AppendHtml(" · ");
        Link("xlsx", "Excel");
        html.AppendHtml("</span>");

        void Link(string form, string text) =>
            html.AppendHtml("<a download href=\"").Append($"{address}.{form}{Of.OnPage(1)}").AppendHtml("\">").Append(text).AppendHtml("</a>");
    }

    private void AppendColumns(TagHelperOutput output)
    {
        var html = output.Content;
        html.AppendHtml("<details class=\"pick\" data-menu><summary class=\"btn\">Columns</summary><fieldset class=\"drop\"><legend class=\"visually-hidden\">Columns to show</legend>");
        foreach (var column in Columns)
        {
            html.AppendHtml("<label><input type=\"checkbox\" class=\"form-check-input\" name=\"cols\" value=\"").Append(column.Key).AppendHtml("\"").AppendHtml(Of.Shows(column.Key) ? " checked> " : "> ")
                .Append(column.Label).AppendHtml("</label>");
        }
        html.AppendHtml("<button type=\"submit\" class=\"btn\">Show these</button></fieldset></details>");
    }
}
