using Billing.Templating.Runtime;

namespace Billing.Templating.Syntax;

/// <summary>A call: <c>f 1 2</c>, <c>f(1, 2)</c>, <c>1 | f 2</c>; what is piped in is the first argument.</summary>
sealed class Call(Location location, Expression target, Expression[] arguments, (string Name, Expression Value)[] named, bool piped, Statement? block = null)
    : Expression(location, Deepest([target, .. arguments, .. named.Select(n => n.Value)]))
{
    private readonly bool _expands = arguments.Any(a => a is Expanded);

    public Expression Target { get; } = target;

    public Expression[] Arguments { get; } = arguments;

    public (string Name, Expression Value)[] Named { get; } = named;

    /// <summary>Whether it was written with brackets: <c>f(1)</c>, not <c>f 1</c>.</summary>
    public bool Explicit { get; init; }

    public override string Name => Target.Name;

    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        var function = Target.EvaluateTarget(context);
        if (function is not IFunction callable) throw NotAFunction(context, function);

        var values = _expands ? Expand(context) : Positional(context);
        var pairs = Named.Length == 0 ? null : new KeyValuePair<string, object?>[Named.Length];
        for (var i = 0; i < Named.Length; i++) pairs![i] = KeyValuePair.Create(Named[i].Name, Named[i].Value.Evaluate(context));
        var closure = block is null ? null : new BlockFunction(block, context.Locals.Block);
        return context.Call(callable, Location, new CallArguments(values, pairs, closure));
    }

    private object?[] Positional(RenderContext context)
    {
        var values = new object?[Arguments.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Arguments[i].Evaluate(context);
        return values;
    }

    private object?[] Expand(RenderContext context)
    {
        var values = new List<object?>();
        foreach (var argument in Arguments)
        {
            var value = argument.Evaluate(context);
            if (argument is Expanded && Values.AsList(value) is { } items)
            {
                foreach (var item in items)
                {
                    if (values.Count >= 1000) throw context.Error(Location, TemplateErrorCodes.LimitSize, "A call cannot have more than 1000 arguments.");
                    values.Add(item);
                }
            }
            else
            {
                values.Add(value);
            }
        }
        return [.. values];
    }

    private RenderException NotAFunction(RenderContext context, object? value)
    {
        var shown = Target.Name.Length == 0 ? "This" : $"`{Target.Name}`";
        var what = value is null ? "is not there" : $"is a value of type {Values.TypeName(value)}, not a function";
        var why = piped ? "so nothing can be piped into it" : "so it cannot be called with arguments";
        return context.Error(Target.Location, TemplateErrorCodes.UnknownFunction, $"{shown} {what}, {why}.");
    }
}

/// <summary>A parameter of a function: with a default when optional; the last may take all remaining arguments.</summary>
sealed record Parameter(string Name, Expression? Default, bool Rest);

/// <summary>A function written in a template.</summary>
sealed class ScriptFunction(string? name, Parameter[]? parameters, Statement body) : IFunction
{
    public object? Invoke(RenderContext context, Location at, CallArguments arguments)
    {
        context.EnterCall(at);
        var values = parameters is null ? null : Bind(context, at, arguments);
        var received = new ScriptArray(arguments.Positional);
        foreach (var (key, value) in arguments.Named ?? []) (received.Properties ??= new ScriptObject())[key] = value;

        var locals = context.Locals;
        var indent = context.Indent;
        context.Locals = new LocalFrame(received, arguments.Block);
        context.Indent = null;
        if (values is not null) context.Push(values);
        body.Execute(context);
        if (values is not null) context.Pop();
        context.Locals = locals;
        context.Indent = indent;
        context.LeaveCall();
        return context.TakeReturn();
    }

    public override string ToString() => name ?? "function";

    private ScriptObject Bind(RenderContext context, Location at, CallArguments arguments)
    {
        var scope = new ScriptObject();
        var positional = arguments.Positional;
        var used = 0;
        foreach (var parameter in parameters!)
        {
            if (parameter.Rest)
            {
                scope[parameter.Name] = new ScriptArray(positional.Skip(used));
                used = Math.Max(used, positional.Length);
            }
            else if (used < positional.Length)
            {
                scope[parameter.Name] = positional[used++];
            }
        }
        if (used < positional.Length)
            throw context.Error(at, TemplateErrorCodes.Arguments, $"`{this}` takes {parameters.Length} arguments, but {positional.Length} are given.");

        foreach (var (key, value) in arguments.Named ?? [])
        {
            if (!Array.Exists(parameters, p => p.Name == key))
                throw context.Error(at, TemplateErrorCodes.Arguments, $"`{this}` has no argument named `{key}`.");
            scope[key] = value;
        }
        foreach (var parameter in parameters)
        {
            if (parameter.Rest || scope.TryGet(parameter.Name, out _)) continue;
            if (parameter.Default is null)
                throw context.Error(at, TemplateErrorCodes.Arguments, $"`{this}` needs an argument for `{parameter.Name}`.");
            scope[parameter.Name] = parameter.Default.Evaluate(context);
        }
        return scope;
    }
}

/// <summary>The statements given to <c>wrap</c>: they run where the wrapping function says <c>$$</c> and see its local variables.</summary>
sealed class BlockFunction(Statement statements, BlockFunction? outer) : IFunction
{
    public object? Invoke(RenderContext context, Location at, CallArguments arguments)
    {
        context.EnterCall(at);
        var locals = context.Locals;
        var own = locals.Block;
        // Inside the statements, $$ means what it meant where they were written.
        locals.Block = outer;
        statements.Execute(context);
        locals.Block = own;
        context.LeaveCall();
        return null;
    }
}
