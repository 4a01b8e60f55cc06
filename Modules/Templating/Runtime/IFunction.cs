using Billing.Templating.Syntax;

namespace Billing.Templating.Runtime;

/// <summary>Something a template can call.</summary>
interface IFunction
{
    object? Invoke(RenderContext context, Location at, CallArguments arguments);
}

/// <summary>The evaluated arguments of one call.</summary>
/// <param name="Positional">What was piped in comes first.</param>
/// <param name="Named">In the order written; null when there are none.</param>
/// <param name="Block">The statements of a <c>wrap</c>.</param>
readonly record struct CallArguments(object?[] Positional, KeyValuePair<string, object?>[]? Named = null, BlockFunction? Block = null)
{
    public static CallArguments None { get; } = new([]);
}
