using Billing.Templating.Runtime;

namespace Billing.Templating.Syntax;

/// <summary>A piece of a compiled template. Nodes never change after parsing, so one tree serves many renders at once.</summary>
abstract class Node(Location location)
{
    public Location Location { get; } = location;
}

abstract class Expression(Location location, int depth = 1) : Node(location)
{
    /// <summary>How many nodes lie below, at the deepest: long chains of operators are deep trees.</summary>
    public int Depth { get; } = depth;

    /// <summary>The value; a function that is merely named is called.</summary>
    public abstract object? Evaluate(RenderContext context);

    /// <summary>The value as the target of a call or alias: a function stays a function.</summary>
    public virtual object? EvaluateTarget(RenderContext context) => Evaluate(context);

    /// <summary>How messages name this expression; empty when it has no short name.</summary>
    public virtual string Name => "";

    /// <summary>Looks at the stack now and then on the way down.</summary>
    protected void Guard(RenderContext context)
    {
        if ((Depth & 15) == 0) context.EnsureStack(Location);
    }

    /// <summary>Calls what turns out to be a function.</summary>
    protected object? Settle(RenderContext context, object? value) =>
        value is IFunction function ? context.Call(function, Location, CallArguments.None) : value;

    protected static int Deepest(IEnumerable<Expression> children)
    {
        var depth = 0;
        foreach (var child in children) depth = Math.Max(depth, child.Depth);
        return depth + 1;
    }
}

abstract class Statement(Location location) : Node(location)
{
    public abstract void Execute(RenderContext context);
}

/// <summary>An expression that can stand left of <c>=</c>.</summary>
interface IAssignable
{
    void Assign(RenderContext context, object? value);
}
