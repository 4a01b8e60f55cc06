using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Parts;

/// <summary>
/// What can't be undone takes two presses: the first one opens what will happen, the second one, on the form's own button within, does it.
/// <c>&lt;confirm label="Cancel run 4…"&gt;&lt;p&gt;…&lt;/p&gt;&lt;form method="post" …&gt;&lt;button class="btn btn-danger"&gt;Cancel run 4&lt;/button&gt;&lt;/form&gt;&lt;/confirm&gt;</c>.
/// It is a <c>&lt;details&gt;</c>, so it works without script; with it, Escape closes it.
/// </summary>
public sealed class Confirm : TagHelper
{
    /// <summary>On the first button, ending in dots: what is about to be done, by name.</summary>
    public string Label { get; set; } = "";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "details";
        output.Attributes.SetAttribute("class", "confirm");
        output.Attributes.SetAttribute("data-confirm", "");
        output.PreContent.AppendHtml("<summary class=\"btn btn-outline-danger\">").Append(Label).AppendHtml("</summary><div>");
        output.PostContent.AppendHtml("</div>");
    }
}
