using Billing.Templating.Runtime;
using Billing.Templating.Syntax;

namespace Billing.Templating.Functions;

delegate object? BuiltinBody(in Arguments arguments);

/// <summary>A function of ours that templates can call.</summary>
sealed class Builtin : IFunction
{
    private readonly string[] _parameters;
    private readonly int _required;
    private readonly bool _rest;
    private readonly BuiltinBody _body;

    /// <param name="name">As messages show it: <c>string.slice</c>.</param>
    /// <param name="parameters">In order; <c>name?</c> may be left out, <c>name...</c> takes all that is left.</param>
    /// <param name="body">Gets exactly one value for every parameter, null where it was left out.</param>
    public Builtin(string name, string[] parameters, BuiltinBody body)
    {
        Name = name;
        _body = body;
        _rest = parameters.Length > 0 && parameters[^1].EndsWith("...", StringComparison.Ordinal);
        _required = parameters.Count(p => !p.EndsWith('?') && !p.EndsWith("...", StringComparison.Ordinal));
        _parameters = [.. parameters.Select(p => p.TrimEnd('?', '.'))];
    }

    public string Name { get; }

    public object? Invoke(RenderContext context, Location at, CallArguments arguments)
    {
        var given = arguments.Positional;
        if (given.Length > _parameters.Length && !_rest) throw Wrong(context, at, $"takes {Count(_parameters.Length)}, but {given.Length} are given");

        var values = given;
        if (given.Length != _parameters.Length || arguments.Named is not null || _rest)
        {
            values = new object?[_parameters.Length];
            var single = _rest ? _parameters.Length - 1 : _parameters.Length;
            Array.Copy(given, values, Math.Min(single, given.Length));
            if (_rest) values[^1] = given.Length > single ? given[single..] : [];
            if (arguments.Named is not null) TakeNamed(context, at, arguments.Named, given.Length, values);
            else if (given.Length < _required) throw Wrong(context, at, $"needs {Count(_required)}, but {given.Length} are given");
        }
        return _body(new Arguments(context, at, Name, values));
    }

    public override string ToString() => Name;

    private void TakeNamed(RenderContext context, Location at, KeyValuePair<string, object?>[] named, int given, object?[] values)
    {
        foreach (var (key, value) in named)
        {
            var index = Array.FindIndex(_parameters, p => p == key || p == Members.Rename(key));
            if (index < 0) throw Wrong(context, at, $"has no argument named `{key}`");
            if (index < given) throw Wrong(context, at, $"is given `{key}` twice");
            values[index] = value;
        }
        for (var i = given; i < _required; i++)
        {
            if (!named.Any(n => n.Key == _parameters[i] || Members.Rename(n.Key) == _parameters[i]))
                throw Wrong(context, at, $"needs an argument for `{_parameters[i]}`");
        }
    }

    private static string Count(int count) => count switch { 0 => "no arguments", 1 => "1 argument", _ => $"{count} arguments" };

    private RenderException Wrong(RenderContext context, Location at, string what) =>
        context.Error(at, TemplateErrorCodes.Arguments, $"`{Name}` {what}: {Name} {string.Join(' ', _parameters.Select((p, i) => i < _required ? $"<{p}>" : $"<{p}>?"))}".TrimEnd(' ', ':') + ".");
}
