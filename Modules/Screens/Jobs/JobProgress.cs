using System.Globalization;
using Billing.Tenancy.Jobs;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Jobs;

/// <summary>How far a job is: <c>&lt;job-progress job="Model.Job" /&gt;</c>. A state, a sentence, and a bar where the end is known.</summary>
[HtmlTargetElement("job-progress")]
public sealed class JobProgress : TagHelper
{
    /// <summary>The job.</summary>
    public Job Job { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "job");
        output.Content.AppendHtml($"<p><span class=\"{JobWords.Class(Job.State)}\">").Append(JobWords.State(Job)).AppendHtml("</span> ")
            .Append(Job.Message ?? (Job.State == JobState.Waiting ? "It begins as soon as somebody is free for it." : "It has begun."));
        if (Job.Failure is { } failure) output.Content.AppendHtml(" <code>").Append(failure.Code).AppendHtml("</code>");
        output.Content.AppendHtml("</p>");
        if (Job is { IsLive: true, Total: > 0 and var total })
            output.Content.AppendHtml(string.Create(CultureInfo.InvariantCulture, $"<p><progress aria-label=\"Progress\" max=\"{total}\" value=\"{Math.Min(Job.Done, total)}\"></progress> {Job.Done:N0} of {total:N0}</p>"));
    }
}
