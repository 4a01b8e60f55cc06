namespace Billing.Templating;

/// <summary>A template's error for callers that treat any as unexpected.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "An error is what it is made of.")]
public sealed class TemplateException(TemplateError error) : Exception(error.ToString())
{
    /// <summary>Code, place and message.</summary>
    public TemplateError Error { get; } = error;
}
