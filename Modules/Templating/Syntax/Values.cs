using Billing.Templating.Runtime;

namespace Billing.Templating.Syntax;

sealed class Literal(Location location, object? value) : Expression(location)
{
    public object? Value { get; } = value;

    public override string Name => Value is null ? "null" : Text.Of(Value);

    public override object? Evaluate(RenderContext context) => Value;
}

/// <summary><c>$"text {expression}"</c></summary>
sealed class InterpolatedText(Location location, Expression[] parts) : Expression(location, Deepest(parts))
{
    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        var values = new object?[parts.Length];
        for (var i = 0; i < parts.Length; i++) values[i] = parts[i].Evaluate(context);
        try
        {
            return context.Concat(values);
        }
        catch (ValueException e)
        {
            throw context.Error(Location, e);
        }
    }
}

/// <summary><c>[1, 2]</c></summary>
sealed class ArrayLiteral(Location location, Expression[] items) : Expression(location, Deepest(items))
{
    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        context.Charge(Location, items.Length);
        var array = new ScriptArray(items.Length);
        foreach (var item in items) array.Add(item.Evaluate(context));
        return array;
    }
}

/// <summary><c>{a: 1, "b": 2}</c></summary>
sealed class ObjectLiteral(Location location, (string Name, Expression Value)[] members) : Expression(location, Deepest(members.Select(m => m.Value)))
{
    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        context.Charge(Location, members.Length);
        var result = new ScriptObject();
        foreach (var (name, value) in members) result[name] = value.Evaluate(context);
        return result;
    }
}

/// <summary><c>do … end</c> as a value.</summary>
sealed class AnonymousFunction(Location location, ScriptFunction function) : Expression(location)
{
    public override object? Evaluate(RenderContext context) => function;
}
