using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Tables;

/// <summary>A cell, or a heading, of a column that may be left out: <c>&lt;td column="vat"&gt;</c> within <c>&lt;table of="list"&gt;</c>.</summary>
[HtmlTargetElement("td", Attributes = ColumnAttribute)]
[HtmlTargetElement("th", Attributes = ColumnAttribute)]
public sealed class ListCell : TagHelper
{
    private const string ColumnAttribute = "column";

    /// <summary>The column's key.</summary>
    [HtmlAttributeName(ColumnAttribute)]
    public string Column { get; set; } = "";

    // After the part that makes a heading sortable, so that what is left out stays out.
    /// <inheritdoc/>
    public override int Order => 1000;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        if (context.Items.TryGetValue(typeof(ListTable), out var of) && of is ListQuery list && !list.Shows(Column)) output.SuppressOutput();
    }
}
