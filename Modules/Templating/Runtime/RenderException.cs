using System.Diagnostics.CodeAnalysis;

namespace Billing.Templating.Runtime;

/// <summary>Ends a render with an error that knows its place.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves this assembly.")]
sealed class RenderException(TemplateError error) : Exception(error.Message)
{
    public TemplateError Error { get; } = error;
}
