using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary>A namespace of functions such as <c>string</c>. One serves all renders, so templates cannot change it.</summary>
sealed class BuiltinObject(string name) : ScriptObject
{
    private readonly Dictionary<string, Builtin> _hidden = new(StringComparer.Ordinal);
    private bool _sealed;

    /// <summary>Adds a function; its parameters as <see cref="Builtin"/> reads them.</summary>
    public BuiltinObject Add(string function, BuiltinBody body, params string[] parameters)
    {
        base.TrySet(function, new Builtin($"{name}.{function}", parameters, body));
        return this;
    }

    /// <summary>Adds a value that depends on the render.</summary>
    public BuiltinObject Add(string member, ContextValue value)
    {
        base.TrySet(member, value);
        return this;
    }

    /// <summary>Adds a function that is ours and not the published language's: it is there, but not listed among the members.</summary>
    public BuiltinObject AddHidden(string function, BuiltinBody body, params string[] parameters)
    {
        _hidden[function] = new Builtin($"{name}.{function}", parameters, body);
        return this;
    }

    public BuiltinObject Seal()
    {
        _sealed = true;
        return this;
    }

    public override bool TryGet(string name, out object? value)
    {
        if (base.TryGet(name, out value)) return true;
        if (!_hidden.TryGetValue(name, out var hidden)) return false;
        value = hidden;
        return true;
    }

    public override bool TrySet(string name, object? value) => !_sealed && base.TrySet(name, value);

    public override void Protect(string name)
    {
    }

    /// <summary>Sets what a render may set for itself: <c>date.format</c>.</summary>
    public bool TryAssign(RenderContext context, string name, object? value) =>
        base.TryGet(name, out var member) && member is ContextValue { Set: { } set } && set(context, value);
}

/// <summary>A member of a builtin whose value belongs to the render.</summary>
sealed record ContextValue(Func<RenderContext, object?> Get, Func<RenderContext, object?, bool>? Set = null);
