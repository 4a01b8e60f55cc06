using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Parts;

/// <summary>What happened, one moment after the other: <c>&lt;timeline label="History"&gt;&lt;moment …&gt;…&lt;/moment&gt;&lt;/timeline&gt;</c>.</summary>
public sealed class Timeline : TagHelper
{
    /// <summary>What it is the history of.</summary>
    public string Label { get; set; } = "History";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "ol";
        output.Attributes.SetAttribute("class", "moments");
        output.Attributes.SetAttribute("aria-label", Label);
    }
}
