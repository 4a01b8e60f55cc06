using Billing.Templating.Functions;
using Billing.Templating.Runtime;

namespace Billing.Templating.Syntax;

/// <summary>A variable of the objects in view: <c>name</c></summary>
sealed class Variable(Location location, string name) : Expression(location), IAssignable
{
    public override string Name => name;

    public override object? Evaluate(RenderContext context) => Settle(context, context.Get(name));

    public override object? EvaluateTarget(RenderContext context) => context.Get(name);

    public void Assign(RenderContext context, object? value)
    {
        if (!context.TrySet(name, value))
            throw context.Error(Location, TemplateErrorCodes.ReadOnly, $"`{name}` is read-only here and cannot be assigned.");
    }
}

/// <summary>A variable of the current function or page: <c>$name</c>, <c>$0</c>, <c>$</c>, <c>$$</c></summary>
sealed class LocalVariable(Location location, string name) : Expression(location), IAssignable
{
    private readonly int _argument = name.Length > 1 && int.TryParse(name.AsSpan(1), System.Globalization.NumberStyles.None, null, out var index) ? index : -1;

    public override string Name => name;

    public override object? Evaluate(RenderContext context) => Settle(context, EvaluateTarget(context));

    public override object? EvaluateTarget(RenderContext context)
    {
        var locals = context.Locals;
        if (_argument >= 0) return _argument < locals.Arguments.Count ? locals.Arguments[_argument] : null;
        return name switch
        {
            "$" => locals.Arguments,
            "$$" => locals.Block,
            _ => locals.Get(name),
        };
    }

    public void Assign(RenderContext context, object? value)
    {
        if (name is "$" or "$$") throw context.Error(Location, TemplateErrorCodes.ReadOnly, $"`{name}` cannot be assigned.");
        if (_argument < 0)
        {
            context.Locals.Set(name, value);
            return;
        }
        var arguments = context.Locals.Arguments;
        if (_argument > 1000) throw context.Error(Location, TemplateErrorCodes.LimitSize, $"`{name}` is beyond the arguments a function can have.");
        while (arguments.Count <= _argument) arguments.Add(null);
        arguments[_argument] = value;
    }
}

/// <summary><c>this</c>: the object that unprefixed names are assigned to.</summary>
sealed class This(Location location) : Expression(location)
{
    public override string Name => "this";

    public override object? Evaluate(RenderContext context) => context.CurrentObject;
}

/// <summary><c>for</c>, <c>while</c> and <c>tablerow</c> as variables inside a loop.</summary>
sealed class LoopVariable(Location location, string name) : Expression(location)
{
    public override string Name => name;

    public override object? Evaluate(RenderContext context) =>
        context.Loop(name) ?? throw context.Error(Location, TemplateErrorCodes.Syntax, $"`{name}` has a value only inside a `{name}` loop.");
}

/// <summary><c>target.name</c>, <c>target?.name</c></summary>
sealed class Member(Location location, Expression target, string name, bool optional) : Expression(location, target.Depth + 1), IAssignable
{
    private sealed record Cached(Type Type, Func<object, object?> Reader);

    private volatile Cached? _cached;

    public override string Name => target.Name.Length == 0 ? name : $"{target.Name}.{name}";

    public override object? Evaluate(RenderContext context) => Settle(context, EvaluateTarget(context));

    public override object? EvaluateTarget(RenderContext context)
    {
        Guard(context);
        var owner = target.Evaluate(context);
        if (owner is null)
        {
            if (optional) return null;
            throw context.Error(Location, TemplateErrorCodes.NullAccess,
                $"{Shown()} is null, so it has no member `{name}`; write `?.{name}` where it may be null.");
        }
        try
        {
            // The common case of a .NET model: the same type as last time.
            if (_cached is { } cached && ReferenceEquals(cached.Type, owner.GetType())) return Members.Read(cached.Reader, owner, name);
            if (Members.TryGet(owner, name, out var value))
            {
                Remember(owner);
                return value is ContextValue current ? current.Get(context) : value;
            }
            if (!optional && (Values.IsText(owner) || !Members.HasMembers(owner)))
                throw context.Error(Location, TemplateErrorCodes.Type, $"{Shown()} is a value of type {Values.TypeName(owner)} and has no member `{name}`.");
            return null;
        }
        catch (ValueException e)
        {
            throw context.Error(Location, e);
        }
    }

    public void Assign(RenderContext context, object? value)
    {
        var owner = target.Evaluate(context);
        switch (owner)
        {
            case null:
                throw context.Error(Location, TemplateErrorCodes.NullAccess, $"{Shown()} is null, so its member `{name}` cannot be assigned.");
            case BuiltinObject builtin when builtin.TryAssign(context, name, value):
            case ScriptObject made when context.TryAssign(made, Location, name, value):
                return;
            case ScriptArray array when context.TryAssign(array.Properties ??= new ScriptObject(), Location, name, value):
                return;
            default:
                throw context.Error(Location, TemplateErrorCodes.ReadOnly, $"`{Name}` is read-only and cannot be assigned.");
        }
    }

    private string Shown() => target.Name.Length == 0 ? "The value" : $"`{target.Name}`";

    private void Remember(object owner)
    {
        if (owner is ScriptObject or ScriptArray or string or System.Collections.IEnumerable or System.Text.Json.JsonElement) return;
        if (Dates.From(owner) is not null || owner is TimeSpan or SafeText) return;
        if (Members.Reader(owner.GetType(), name) is { } reader) _cached = new Cached(owner.GetType(), reader);
    }
}

/// <summary><c>target[index]</c></summary>
sealed class Indexer(Location location, Expression target, Expression index) : Expression(location, Math.Max(target.Depth, index.Depth) + 1), IAssignable
{
    public override string Name => target.Name.Length == 0 ? "" : $"{target.Name}[{index.Name}]";

    public override object? Evaluate(RenderContext context) => Settle(context, EvaluateTarget(context));

    public override object? EvaluateTarget(RenderContext context)
    {
        Guard(context);
        var owner = target.Evaluate(context);
        var key = index.Evaluate(context);
        if (owner is null)
            throw context.Error(Location, TemplateErrorCodes.NullAccess, $"The target of this index, {Shown()}, is null.");
        try
        {
            if (Numbers.IsNumber(key) && ItemAt(owner, Numbers.ToLong(key!), out var item)) return item;
            if (key is null) throw context.Error(index.Location, TemplateErrorCodes.NullAccess, $"The index of {Shown()} is null.");
            if (!Members.HasMembers(owner)) return null;
            if (!Members.TryGet(owner, Text.Of(key), out var value)) return null;
            return value is ContextValue current ? current.Get(context) : value;
        }
        catch (ValueException e)
        {
            throw context.Error(Location, e);
        }
    }

    public void Assign(RenderContext context, object? value)
    {
        var owner = target.Evaluate(context);
        var key = index.Evaluate(context);
        if (owner is null) throw context.Error(Location, TemplateErrorCodes.NullAccess, $"The target of this assignment, {Shown()}, is null.");
        if (key is null) throw context.Error(index.Location, TemplateErrorCodes.NullAccess, $"The index of {Shown()} is null.");
        if (owner is ScriptArray array)
        {
            if (Numbers.IsNumber(key)) SetItem(context, array, key!, value);
            else if (!context.TryAssign(array.Properties ??= new ScriptObject(), Location, Text.Of(key), value)) throw ReadOnly(context);
            return;
        }
        if (owner is BuiltinObject builtin && builtin.TryAssign(context, Text.Of(key), value)) return;
        if (owner is ScriptObject made && key is not null && context.TryAssign(made, Location, Text.Of(key), value)) return;
        throw ReadOnly(context);
    }

    private void SetItem(RenderContext context, ScriptArray array, object key, object? value)
    {
        try
        {
            var at = Numbers.ToLong(key);
            if (at < 0) at += array.Count;
            if (at < 0) throw context.Error(Location, TemplateErrorCodes.Type, $"There is nothing at index {Numbers.Format(key)} of {Shown()}.");
            if (at >= array.Count)
            {
                context.CheckArray(at + 1);
                context.Charge(Location, at + 1 - array.Count);
                while (array.Count <= at) array.Add(null);
            }
            array[(int)at] = value;
        }
        catch (ValueException e)
        {
            throw context.Error(Location, e);
        }
    }

    private RenderException ReadOnly(RenderContext context) =>
        context.Error(Location, TemplateErrorCodes.ReadOnly, $"Nothing can be assigned in {Shown()}, which is read-only.");

    private string Shown() => target.Name.Length == 0 ? "the value" : $"`{target.Name}`";

    /// <summary>False when the value is no list; an index outside gives null, a negative one counts from the end.</summary>
    private static bool ItemAt(object owner, long at, out object? item)
    {
        item = null;
        switch (owner)
        {
            case ScriptArray array:
                if (at < 0) at += array.Count;
                if (at >= 0 && at < array.Count) item = array[(int)at];
                return true;
            case ScriptRange range:
                if (at < 0) at += range.Length;
                if (at >= 0 && at < range.Length) item = range.At(at);
                return true;
            case string or SafeText:
                var text = Text.Of(owner);
                if (at < 0) at += text.Length;
                if (at >= 0 && at < text.Length) item = text[(int)at].ToString();
                return true;
            case System.Collections.IList list:
                if (at < 0) at += list.Count;
                if (at >= 0 && at < list.Count) item = Values.FromModel(list[(int)at]);
                return true;
            case System.Collections.IDictionary or IReadOnlyDictionary<string, object?> or ScriptObject:
                return false;
            default:
                if (Values.AsList(owner) is not { } items) return false;
                if (at < 0) at += Values.Count(items);
                if (at is >= 0 and <= int.MaxValue) item = items.ElementAtOrDefault((int)at);
                return true;
        }
    }
}
