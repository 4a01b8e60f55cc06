using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Forms;

/// <summary>A form with a file in it: <c>&lt;form method="post" upload&gt;</c>. It shows how much is sent; without script the browser sends it by itself.</summary>
[HtmlTargetElement("form", Attributes = UploadAttribute)]
public sealed class UploadForm : TagHelper
{
    private const string UploadAttribute = "upload";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Attributes.RemoveAll(UploadAttribute);
        output.Attributes.SetAttribute("enctype", "multipart/form-data");
        output.Attributes.SetAttribute("hx-boost", "true");
        output.Attributes.SetAttribute("hx-encoding", "multipart/form-data");
        output.PostContent.AppendHtml("<div class=\"upload\" data-upload-progress hidden><progress max=\"100\" value=\"0\" aria-label=\"Sent\"></progress> <output></output></div>");
    }
}
