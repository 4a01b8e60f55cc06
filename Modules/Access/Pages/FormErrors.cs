using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Access.Pages;

/// <summary>All that is wrong with a form, above it, each linked to its field: <c>&lt;form-errors /&gt;</c>. Nothing while all is well.</summary>
public sealed class FormErrors : TagHelper
{
    /// <summary>The page that it stands on.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (View.ModelState.IsValid)
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
        var list = new TagBuilder("ul");
        foreach (var (name, entry) in View.ModelState)
            foreach (var error in entry!.Errors)
            {
                var item = new TagBuilder("li");
                if (name.Length == 0) item.InnerHtml.Append(error.ErrorMessage);
                else
                {
                    var link = new TagBuilder("a") { Attributes = { ["href"] = "#field-" + name } };
                    link.InnerHtml.Append(error.ErrorMessage);
                    item.InnerHtml.AppendHtml(link);
                }
                list.InnerHtml.AppendHtml(item);
            }
        output.Content.AppendHtml(list);
    }
}
