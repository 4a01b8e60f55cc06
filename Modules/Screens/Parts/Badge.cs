using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Parts;

/// <summary>A state in a word: <c>&lt;badge tone="Good"&gt;Completed&lt;/badge&gt;</c>.</summary>
public sealed class Badge : TagHelper
{
    /// <summary>How the state feels.</summary>
    public Tone Tone { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "span";
        output.Attributes.SetAttribute("class", Tone switch
        {
            Tone.Active => "badge is-active",
            Tone.Good => "badge is-good",
            Tone.Warning => "badge is-warning",
            Tone.Bad => "badge is-bad",
            _ => "badge",
        });
    }
}
