using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Charts;

/// <summary>One bar made of parts: <c>&lt;stacked-bar parts="Model.Parts" label="Where the lines went" /&gt;</c>. A table with the figures stands beside it.</summary>
public sealed class StackedBar : TagHelper
{
    /// <summary>The parts, from the left.</summary>
    public IReadOnlyList<BarPart> Parts { get; set; } = [];

    /// <summary>What the picture shows, for those who can't see it.</summary>
    public string Label { get; set; } = "";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var whole = Parts.Sum(part => part.Value);
        if (whole <= 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "stack");
        output.Attributes.SetAttribute("viewBox", "0 0 1000 24");
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("role", "img");
        output.Attributes.SetAttribute("aria-label", Label + ": " + string.Join(", ", Parts.Where(p => p.Value > 0).Select(p => $"{p.Label} {Written.Number(p.Value)}")));
        var at = 0m;
        foreach (var part in Parts.Where(p => p.Value > 0))
        {
            var width = part.Value / whole * 1000;
            output.Content.AppendHtml(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"part-{part.Kind}\" x=\"{at:0.##}\" width=\"{width:0.##}\" height=\"24\"/>"));
            at += width;
        }
    }
}
