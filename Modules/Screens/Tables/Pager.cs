using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Tables;

/// <summary>The way from page to page of a list: <c>&lt;pager of="Model.List" total="Model.Total" /&gt;</c>. Nothing where one page holds it all.</summary>
public sealed class Pager : TagHelper
{
    /// <summary>The list.</summary>
    public ListQuery Of { get; set; } = null!;

    /// <summary>Rows of all pages.</summary>
    public long Total { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var pages = (int)Math.Max(1, (Total + Of.PageSize - 1) / Of.PageSize);
        if (pages == 1)
        {
            output.SuppressOutput();
            return;
        }
        var page = Math.Min(Of.Page, pages);
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", "Pages");
        Link(output, page > 1, page - 1, "prev", "‹ Previous");
        output.Content.AppendHtml("<span>Page ").Append(Written.Count(page)).AppendHtml(" of ").Append(Written.Count(pages)).AppendHtml("</span>");
        Link(output, page < pages, page + 1, "next", "Next ›");
    }

    private void Link(TagHelperOutput output, bool isThere, int page, string relation, string text)
    {
        if (!isThere)
        {
            output.Content.AppendHtml("<span class=\"off\">").Append(text).AppendHtml("</span>");
            return;
        }
        output.Content.AppendHtml($"<a rel=\"{relation}\" href=\"").Append(Of.OnPage(page)).AppendHtml("\">").Append(text).AppendHtml("</a>");
    }
}
