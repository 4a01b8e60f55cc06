using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Billing.Access.Pages;

/// <summary>A labelled input with its help and what is wrong with it: <c>&lt;form-field name="email" label="Email address" type="email" /&gt;</c>.</summary>
public sealed class FormField : TagHelper
{
    /// <summary>Of the input, and in the model state.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it asks for.</summary>
    public string Label { get; set; } = "";

    /// <summary>As in HTML.</summary>
    public string Type { get; set; } = "text";

    /// <summary>What stands in it at first; what was typed stays. A password never comes back.</summary>
    public string? Value { get; set; }

    /// <summary>A sentence below the label.</summary>
    public string? Help { get; set; }

    /// <summary>What the browser fills it with.</summary>
    public string? Autocomplete { get; set; }

    /// <summary>False for what may be left empty.</summary>
    public bool Required { get; set; } = true;

    /// <summary>The page that it stands on.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        var state = View.ModelState.TryGetValue(Name, out var entry) ? entry : null;
        var id = "field-" + Name;
        var label = new TagBuilder("label") { Attributes = { ["for"] = id, ["class"] = "form-label" } };
        label.InnerHtml.Append(Label);
        if (!Required) label.InnerHtml.AppendHtml(" <span class=\"optional\">optional</span>");
        output.Content.AppendHtml(label);
        var described = new List<string>();
        if (Help is not null) output.Content.AppendHtml(Note(id + "-help", "form-hint", Help, described));
        var wrong = state is { ValidationState: ModelValidationState.Invalid, Errors.Count: > 0 } ? Note(id + "-error", "invalid-feedback", string.Join(" ", state.Errors.Select(error => error.ErrorMessage)), described) : null;
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing, Attributes = { ["id"] = id, ["name"] = Name, ["type"] = Type, ["class"] = wrong is null ? "form-control" : "form-control is-invalid" } };
        if (Type != "password") input.Attributes["value"] = state?.AttemptedValue ?? Value ?? "";
        if (Autocomplete is not null) input.Attributes["autocomplete"] = Autocomplete;
        if (Required) input.Attributes["required"] = "";
        if (described.Count > 0) input.Attributes["aria-describedby"] = string.Join(' ', described);
        if (wrong is not null) input.Attributes["aria-invalid"] = "true";
        output.Content.AppendHtml(input);
        if (wrong is not null) output.Content.AppendHtml(wrong);
    }

    private static TagBuilder Note(string id, string look, string text, List<string> described)
    {
        var note = new TagBuilder("span") { Attributes = { ["id"] = id, ["class"] = look } };
        note.InnerHtml.Append(text);
        described.Add(id);
        return note;
    }
}
