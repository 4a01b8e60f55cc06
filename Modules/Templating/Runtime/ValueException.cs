using System.Diagnostics.CodeAnalysis;

namespace Billing.Templating.Runtime;

/// <summary>A value cannot do what is asked of it. The node that asked adds the place.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves this assembly.")]
sealed class ValueException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
