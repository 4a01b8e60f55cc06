using System.Globalization;
using System.Text;

namespace Billing.Delivery.Rendering;

/// <summary>One HTML document made of several of the same template, each with page numbers of its own.</summary>
static class JoinedPrint
{
    /// <param name="pageCounts">How many pages each document is going to say it has.</param>
    public static string Compose(IReadOnlyList<JoinableDocument> documents, IReadOnlyList<int> pageCounts)
    {
        var first = documents[0];
        var html = new StringBuilder("<!DOCTYPE html><html").Append(first.Language).Append("><head>").Append(first.Head).Append("<style>\n");
        // Chromium numbers pages through a whole print, and resetting that counter does nothing. A page rule and a counter for each document does.
        for (var index = 0; index < documents.Count; index++)
            html.Append(CultureInfo.InvariantCulture, $"@page billing{index} {{ {documents[index].PageRuleFor($"billing{index}", pageCounts[index])}; counter-increment: billing{index} }}\n");
        html.Append("</style></head><body").Append(first.BodyTag).Append('>');
        for (var index = 0; index < documents.Count; index++)
        {
            // An element of no known name, so that no rule of the template is about it.
            html.Append(CultureInfo.InvariantCulture, $"<billing-document id=\"{PdfSplitter.Mark}{index}\" style=\"all:unset;display:block;break-before:page;page:billing{index}\">")
                .Append(documents[index].Content);
            if (index == documents.Count - 1) Links(html, documents.Count);
            html.Append("</billing-document>");
        }
        return html.Append("</body></html>").ToString();
    }

    // A place that something links to gets a named destination in the PDF; these tell the splitter where each document begins.
    static void Links(StringBuilder html, int count)
    {
        html.Append("<span style=\"all:unset;position:absolute\">");
        for (var index = 0; index < count; index++) html.Append(CultureInfo.InvariantCulture, $"<a href=\"#{PdfSplitter.Mark}{index}\"></a>");
        html.Append("</span>");
    }
}
