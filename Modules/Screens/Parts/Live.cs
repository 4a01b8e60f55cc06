using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Parts;

/// <summary>
/// Progress that keeps itself up to date: <c>&lt;live href="~/runs/4?handler=progress" is-over="Model.IsOver"&gt;…&lt;/live&gt;</c>. The address answers with the same
/// part again (<see cref="LiveFragment"/>). While it is not over, it is asked for every few seconds: after a reload as before, and on through a lost
/// connection, which is said. When it is over the whole page is loaded once more. Without script the page loads itself again.
/// </summary>
/// <param name="urls">Turns <c>~/</c> into the tenant's address.</param>
public sealed class Live(IUrlHelperFactory urls) : TagHelper
{
    /// <summary>What answers with the part.</summary>
    public string Href { get; set; } = "";

    /// <summary>True when nothing changes any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Seconds between two looks.</summary>
    public int Every { get; set; } = 2;

    /// <summary>Set by the framework.</summary>
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "live");
        output.Attributes.SetAttribute("role", "status");
        if (IsOver) return;
        output.Attributes.SetAttribute("data-live", "");
        output.Attributes.SetAttribute("hx-get", urls.GetUrlHelper(ViewContext).Content(Href));
        output.Attributes.SetAttribute("hx-trigger", string.Create(CultureInfo.InvariantCulture, $"every {Every}s"));
        output.Attributes.SetAttribute("hx-swap", "outerHTML");
        output.PostContent.AppendHtml("<p class=\"lost\" data-live-lost hidden>The connection is lost. The work goes on; this page tries again every few seconds.</p>");
        // Asked for by a browser without script, in the head of the page.
        if (!ViewContext.ViewData.ContainsKey("Refresh")) ViewContext.ViewData["Refresh"] = Math.Max(5, Every);
    }
}
