using Billing.Abstractions.Values;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Parts;

/// <summary>
/// What went wrong, and what to do next: <c>&lt;error-state title="The file was not taken in" failure="Model.Failure"&gt;Choose another file…&lt;/error-state&gt;</c>.
/// Read out at once.
/// </summary>
[HtmlTargetElement("error-state")]
public sealed class ErrorState : TagHelper
{
    /// <summary>What did not work, in a few words.</summary>
    public string Title { get; set; } = "";

    /// <summary>Why, with its stable code; null where the content says it all.</summary>
    public Failure? Failure { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "alert alert-danger");
        output.Attributes.SetAttribute("role", "alert");
        if (Title.Length > 0) output.PreContent.AppendHtml("<h2>").Append(Title).AppendHtml("</h2>");
        if (Failure is { } failure) output.PreContent.AppendHtml("<p>").Append(failure.Message).AppendHtml(" <code>").Append(failure.Code).AppendHtml("</code></p>");
        output.PreContent.AppendHtml("<div>");
        output.PostContent.AppendHtml("</div>");
    }
}
