using System.Diagnostics.CodeAnalysis;

namespace Billing.Templating.Parsing;

/// <summary>Leaves a statement that cannot be read; the parser notes the error and goes on with the next one.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves this assembly.")]
sealed class SyntaxException(TemplateError error) : Exception(error.Message)
{
    public TemplateError Error { get; } = error;
}
