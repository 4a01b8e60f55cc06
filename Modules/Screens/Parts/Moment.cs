using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Parts;

/// <summary>One thing that happened: <c>&lt;moment at="entry.At" by="Ann" &gt;The run was requested.&lt;/moment&gt;</c>.</summary>
/// <param name="current">Whose clock is shown.</param>
public sealed class Moment(CurrentTenant current) : TagHelper
{
    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who did it; null when nobody in particular.</summary>
    public string? By { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "li";
        output.PreContent.AppendHtml("<time datetime=\"").Append(At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)).AppendHtml("\">")
            .Append(Written.Moment(At, current.Tenant)).AppendHtml("</time>");
        if (By is not null) output.PostContent.AppendHtml("<small>by ").Append(By).AppendHtml("</small>");
    }
}
