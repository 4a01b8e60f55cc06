using System.Diagnostics.CodeAnalysis;

namespace Billing.Templating;

/// <summary>What compiling gave: a template, or the reasons why not. Exactly one of the two.</summary>
public sealed class TemplateCompilation
{
    internal TemplateCompilation(Template? template, IReadOnlyList<TemplateError> errors)
    {
        Template = template;
        Errors = errors;
    }

    /// <summary>Null when there are errors.</summary>
    public Template? Template { get; }

    /// <summary>In the order of the text; empty when the template is good.</summary>
    public IReadOnlyList<TemplateError> Errors { get; }

    /// <summary>Whether there is a template.</summary>
    [MemberNotNullWhen(true, nameof(Template))]
    public bool Succeeded => Template is not null;

    /// <summary>The template, or a <see cref="TemplateException"/> with the first error.</summary>
    public Template TemplateOrThrow() => Template ?? throw new TemplateException(Errors[0]);
}
