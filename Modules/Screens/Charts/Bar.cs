using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Charts;

/// <summary>
/// A bar inside a table's cell: <c>&lt;bar value="12" of="40" /&gt;</c>. The figure stands in the row as text, so the picture says nothing new to
/// those who can't see it. SVG attributes rather than styles: the content security policy allows no inline style.
/// </summary>
public sealed class Bar : TagHelper
{
    private const decimal Width = 100;

    /// <summary>How long; negative or zero draws none.</summary>
    public decimal Value { get; set; }

    /// <summary>What fills the cell.</summary>
    public decimal Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "bar");
        output.Attributes.SetAttribute("viewBox", "0 0 100 8");
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("aria-hidden", "true");
        var share = Of <= 0 ? 0 : Math.Clamp(Value / Of, 0, 1);
        output.Content.SetHtmlContent(string.Create(CultureInfo.InvariantCulture, $"<rect width=\"{share * Width:0.##}\" height=\"8\"/>"));
    }
}
