using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Forms;

/// <summary>
/// All that is wrong with a form, at its top, each with a link to its field: <c>&lt;error-summary /&gt;</c>. Nothing while all is well. It is read out
/// and, with script, gets the focus.
/// </summary>
[HtmlTargetElement("error-summary")]
public sealed class ErrorSummary : TagHelper
{
    /// <summary>Set by the framework.</summary>
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var errors = ViewContext.ViewData.ModelState
            .SelectMany(entry => entry.Value?.Errors.Select(error => (Name: entry.Key, Message: error.ErrorMessage.Length > 0 ? error.ErrorMessage : "This can't be read.")) ?? [])
            .Distinct().ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "alert alert-danger");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("data-error-summary", "");
        output.Content.AppendHtml("<h2>").Append(errors.Count == 1 ? "One thing needs mending" : $"{errors.Count} things need mending").AppendHtml("</h2><ul>");
        foreach (var (name, message) in errors)
        {
            output.Content.AppendHtml("<li>");
            if (name.Length == 0) output.Content.Append(message);
            else output.Content.AppendHtml($"<a href=\"#{Field.IdOf(name)}\">").Append(message).AppendHtml("</a>");
            output.Content.AppendHtml("</li>");
        }
        output.Content.AppendHtml("</ul><p>Nothing was saved yet; what you typed is still here.</p>");
    }
}
