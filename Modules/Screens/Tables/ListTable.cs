using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Tables;

/// <summary>A table whose columns can be chosen: <c>&lt;table of="list"&gt;</c>. Its cells name their column, <c>&lt;td column="vat"&gt;</c>.</summary>
[HtmlTargetElement("table", Attributes = OfAttribute)]
public sealed class ListTable : TagHelper
{
    private const string OfAttribute = "of";

    /// <summary>The list.</summary>
    [HtmlAttributeName(OfAttribute)]
    public ListQuery Of { get; set; } = null!;

    /// <inheritdoc/>
    public override void Init(TagHelperContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[typeof(ListTable)] = Of;
    }
}
