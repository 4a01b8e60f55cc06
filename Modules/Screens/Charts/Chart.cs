using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Charts;

/// <summary>
/// A picture of figures: <c>&lt;chart title="Billed, run by run" kind="Bars" data="Model.Billed" /&gt;</c>. In the page stands a table; a script draws it and puts
/// the table behind "Show figures". Without script the table simply shows. Nothing at all where there is nothing to draw: say so beside it.
/// </summary>
public sealed class Chart : TagHelper
{
    /// <summary>What it shows.</summary>
    public string Title { get; set; } = "";

    /// <summary>A sentence below the title; null for none.</summary>
    public string? Note { get; set; }

    /// <summary>How it is drawn.</summary>
    public ChartKind Kind { get; set; }

    /// <summary>The figures.</summary>
    public ChartData Data { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Data.IsEmpty)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "chart");
        output.Attributes.SetAttribute("data-chart", Kind switch { ChartKind.Line => "line", ChartKind.Ring => "doughnut", _ => "bar" });
        if (Kind == ChartKind.LyingBars) output.Attributes.SetAttribute("data-lying", "");
        if (Kind == ChartKind.StackedBars) output.Attributes.SetAttribute("data-stacked", "");

        var html = output.Content;
        html.AppendHtml("<figcaption>").Append(Title);
        if (Note is not null) html.AppendHtml("<small>").Append(Note).AppendHtml("</small>");
        html.AppendHtml("</figcaption><div class=\"plot\"><canvas role=\"img\" aria-label=\"").Append(Title).AppendHtml(". The figures follow as a table.\"></canvas></div>");
        html.AppendHtml("<details class=\"figures\" open><summary>Show figures</summary><div tabindex=\"0\" role=\"region\" aria-label=\"").Append("Figures: " + Title).AppendHtml("\"><table><caption class=\"hidden\">")
            .Append(Title).AppendHtml("</caption><thead><tr><th scope=\"col\">").Append(Data.Heading).AppendHtml("</th>");
        foreach (var series in Data.Series)
        {
            html.AppendHtml("<th scope=\"col\" class=\"num\"");
            if (series.Colour is not null) html.AppendHtml(" data-colour=\"").Append(series.Colour).AppendHtml("\"");
            html.AppendHtml(">").Append(series.Label).AppendHtml("</th>");
        }
        html.AppendHtml("</tr></thead><tbody>");
        for (var i = 0; i < Data.Labels.Count; i++)
        {
            html.AppendHtml("<tr><th scope=\"row\"");
            if (Data.Colours is not null) html.AppendHtml(" data-colour=\"").Append(Data.Colours[i]).AppendHtml("\"");
            html.AppendHtml(">").Append(Data.Labels[i]).AppendHtml("</th>");
            foreach (var series in Data.Series)
                html.AppendHtml("<td class=\"num\" data-value=\"").Append(series.Values[i].ToString(CultureInfo.InvariantCulture)).AppendHtml("\">").Append(Data.Write(series.Values[i])).AppendHtml("</td>");
            html.AppendHtml("</tr>");
        }
        html.AppendHtml("</tbody></table></div></details>");
    }
}
