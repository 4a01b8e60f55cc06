using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Tables;

/// <summary>A column heading that sorts its list: <c>&lt;th sort="gross" of="Model.List"&gt;Gross&lt;/th&gt;</c>.</summary>
[HtmlTargetElement("th", Attributes = SortAttribute)]
public sealed class SortHeader : TagHelper
{
    private const string SortAttribute = "sort";

    /// <summary>The column.</summary>
    [HtmlAttributeName(SortAttribute)]
    public string Sort { get; set; } = "";

    /// <summary>The list.</summary>
    public ListQuery Of { get; set; } = null!;

    /// <summary>True when the first click brings the biggest to the top, as for amounts.</summary>
    public bool BiggestFirst { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        var isSorted = Of.Sort == Sort;
        output.Attributes.SetAttribute("scope", "col");
        if (isSorted) output.Attributes.SetAttribute("aria-sort", Of.IsDescending ? "descending" : "ascending");
        var text = (await output.GetChildContentAsync()).GetContent();
        output.Content.SetHtmlContent("<a class=\"sort\" href=\"");
        output.Content.Append(Of.SortedBy(Sort, BiggestFirst));
        output.Content.AppendHtml("\">").AppendHtml(text).AppendHtml(isSorted ? Of.IsDescending ? Arrow("▼") : Arrow("▲") : "").AppendHtml("</a>");
    }

    private static string Arrow(string glyph) => $" <span aria-hidden=\"true\">{glyph}</span>";
}
