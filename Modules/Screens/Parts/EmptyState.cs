using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Parts;

/// <summary>
/// What stands where there is nothing to show, and what to do about it: <c>&lt;empty-state title="No CDR file is in yet"&gt;Take one in…&lt;/empty-state&gt;</c>.
/// </summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyState : TagHelper
{
    /// <summary>What is not there, in a few words.</summary>
    public string Title { get; set; } = "";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "empty-state");
        if (Title.Length > 0) output.PreContent.AppendHtml("<p class=\"title\">").Append(Title).AppendHtml("</p>");
        output.PreContent.AppendHtml("<div>");
        output.PostContent.AppendHtml("</div>");
    }
}
