namespace Billing.Templating;

/// <summary>One thing that is wrong with a template, said to the person who edits it.</summary>
/// <param name="Code">Stable and meant for programs, for example <c>template.syntax</c>; see <see cref="TemplateErrorCodes"/>.</param>
/// <param name="File">The name the template was compiled under; an included template has its own.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in UTF-16 units.</param>
/// <param name="Message">What is wrong and, where it helps, what to do about it.</param>
public sealed record TemplateError(string Code, string File, int Line, int Column, string Message)
{
    /// <summary>The places that led here through <c>include</c>, innermost first; empty in the main template.</summary>
    public IReadOnlyList<string> IncludedFrom { get; init; } = [];

    /// <summary><c>file(line,column): message</c>, followed by the include chain where there is one.</summary>
    public override string ToString()
    {
        var text = $"{File}({Line},{Column}): {Message}";
        return IncludedFrom.Count == 0 ? text : $"{text} (included from {string.Join(", from ", IncludedFrom)})";
    }
}
