using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Screens.Forms;

/// <summary>
/// One field of a form with its label, its help and what is wrong with it:
/// <c>&lt;field asp-for="Input.DueOn" label="Due date" kind="Date" help="The day the money is due." /&gt;</c>. Shows what was typed as it was typed,
/// also when it could not be read, so that nothing is lost.
/// </summary>
public sealed class Field : TagHelper
{
    /// <summary>The member of the model.</summary>
    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; } = null!;

    /// <summary>What is asked for.</summary>
    public string Label { get; set; } = "";

    /// <summary>How to answer, before anybody makes the mistake; null for none.</summary>
    public string? Help { get; set; }

    /// <summary>What it takes.</summary>
    public FieldKind Kind { get; set; }

    /// <summary>True when it may be left empty: said beside the label.</summary>
    public bool IsOptional { get; set; }

    /// <summary>Shown, can't be changed.</summary>
    public bool IsFixed { get; set; }

    /// <summary>What may be chosen, for <see cref="FieldKind.Select"/>.</summary>
    public IEnumerable<SelectListItem> Options { get; set; } = [];

    /// <summary>For <see cref="FieldKind.Code"/>: <c>html</c>, <c>csharp</c> or <c>json</c>.</summary>
    public string Language { get; set; } = "html";

    /// <summary>Set by the framework.</summary>
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    private string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    /// <summary>The identifier of a field's control, which the error summary links to.</summary>
    public static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var id = IdOf(Name);
        ViewContext.ViewData.ModelState.TryGetValue(Name, out var state);
        var errors = state?.Errors.Select(MessageOf).Distinct().ToList() ?? [];

        var control = Control(state);
        control.Attributes["id"] = id;
        control.Attributes["name"] = Name;
        control.AddCssClass(Kind switch { FieldKind.Checkbox => "form-check-input", FieldKind.Select => "form-select", FieldKind.Colour => "form-control form-control-color", _ => "form-control" });
        var described = new List<string>();
        if (Help is not null) described.Add(id + "-help");
        if (errors.Count > 0)
        {
            described.Add(id + "-error");
            control.AddCssClass("is-invalid");
            control.Attributes["aria-invalid"] = "true";
        }
        if (described.Count > 0) control.Attributes["aria-describedby"] = string.Join(' ', described);
        if (!IsOptional && !IsFixed && Kind != FieldKind.Checkbox) control.Attributes["aria-required"] = "true";
        // What the page's author gives besides (autocomplete, maxlength, rows, accept, autofocus...) is the control's.
        foreach (var attribute in output.Attributes.Where(a => a.Name != "class")) control.Attributes[attribute.Name] = TextOf(attribute.Value);
        var wide = output.Attributes.TryGetAttribute("class", out var own) ? " " + TextOf(own.Value) : Kind == FieldKind.Code ? " wide" : "";
        output.Attributes.Clear();

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field" + wide);
        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.AddCssClass(Kind == FieldKind.Checkbox ? "form-check-label" : "form-label");
        label.InnerHtml.Append(Label);
        if (IsOptional && Kind != FieldKind.Checkbox) label.InnerHtml.AppendHtml(" <span class=\"optional\">optional</span>");

        if (Kind == FieldKind.Checkbox)
        {
            output.Content.AppendHtml("<div class=\"form-check\">").AppendHtml(control).AppendHtml(label).AppendHtml("</div>");
            AppendHelp(output, id);
            // An empty box sends nothing; the model then gets its no from here.
            output.Content.AppendHtml($"<input type=\"hidden\" name=\"{HtmlEncoder.Default.Encode(Name)}\" value=\"false\">");
        }
        else
        {
            output.Content.AppendHtml(label);
            AppendHelp(output, id);
            output.Content.AppendHtml(control);
        }
        if (errors.Count > 0) output.Content.AppendHtml($"<p class=\"invalid-feedback\" id=\"{id}-error\">").Append(string.Join(" ", errors)).AppendHtml("</p>");
    }

    private static string MessageOf(ModelError error) => error.ErrorMessage.Length > 0 ? error.ErrorMessage : "This can't be read.";

    private static string? TextOf(object? value)
    {
        if (value is not IHtmlContent html) return value?.ToString();
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        // The builder of the tag encodes it again.
        html.WriteTo(text, NullHtmlEncoder.Default);
        return text.ToString();
    }

    private void AppendHelp(TagHelperOutput output, string id)
    {
        if (Help is not null) output.Content.AppendHtml($"<span class=\"form-hint\" id=\"{id}-help\">").Append(Help).AppendHtml("</span>");
    }

    private TagBuilder Control(ModelStateEntry? state)
    {
        var value = Kind is FieldKind.Password or FieldKind.File ? null : state?.AttemptedValue ?? Written(For.Model);
        if (Kind is FieldKind.Lines or FieldKind.Code)
        {
            var area = new TagBuilder("textarea");
            area.Attributes["rows"] = Kind == FieldKind.Code ? "16" : "4";
            if (Kind == FieldKind.Code)
            {
                area.Attributes["data-editor"] = Language;
                area.Attributes["spellcheck"] = "false";
            }
            if (IsFixed) area.Attributes["readonly"] = "readonly";
            // The first line end after the tag belongs to the tag.
            area.InnerHtml.AppendHtml("\n").Append(value ?? "");
            return area;
        }
        if (Kind == FieldKind.Select)
        {
            var select = new TagBuilder("select");
            if (IsFixed) select.Attributes["disabled"] = "disabled";
            foreach (var option in Options)
            {
                var tag = new TagBuilder("option");
                tag.Attributes["value"] = option.Value ?? option.Text;
                if ((option.Value ?? option.Text) == (value ?? "") || value is null && option.Selected) tag.Attributes["selected"] = "selected";
                if (option.Disabled) tag.Attributes["disabled"] = "disabled";
                tag.InnerHtml.Append(option.Text);
                select.InnerHtml.AppendHtml(tag);
            }
            return select;
        }
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = Kind switch
        {
            FieldKind.Email => "email",
            FieldKind.Phone => "tel",
            FieldKind.Web => "url",
            FieldKind.Password => "password",
            FieldKind.Date => "date",
            FieldKind.Colour => "color",
            FieldKind.Checkbox => "checkbox",
            FieldKind.File => "file",
            _ => "text",
        };
        if (Kind is FieldKind.Money) input.Attributes["inputmode"] = "decimal";
        if (Kind is FieldKind.Number) input.Attributes["inputmode"] = "numeric";
        if (Kind is FieldKind.Money or FieldKind.Number or FieldKind.Date or FieldKind.File) input.Attributes["autocomplete"] = "off";
        if (IsFixed) input.Attributes["readonly"] = "readonly";
        if (Kind == FieldKind.Checkbox)
        {
            input.Attributes["value"] = "true";
            if (value is not null && value.StartsWith("true", StringComparison.OrdinalIgnoreCase)) input.Attributes["checked"] = "checked";
        }
        else if (value is not null) input.Attributes["value"] = value;
        return input;
    }

    private string? Written(object? model) => model switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal amount when Kind == FieldKind.Money => amount.ToString("0.00####", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => model.ToString(),
    };
}
