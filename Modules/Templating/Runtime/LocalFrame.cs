using Billing.Templating.Syntax;

namespace Billing.Templating.Runtime;

/// <summary>The <c>$</c> variables of one function call or page. There are few, so they are searched in a list.</summary>
sealed class LocalFrame(ScriptArray arguments, BlockFunction? block)
{
    private readonly List<(string Name, object? Value)> _variables = [];

    public ScriptArray Arguments { get; } = arguments;

    public BlockFunction? Block { get; set; } = block;

    public object? Get(string name)
    {
        var at = Find(name);
        return at < 0 ? null : _variables[at].Value;
    }

    public void Set(string name, object? value)
    {
        var at = Find(name);
        if (at < 0) _variables.Add((name, value));
        else _variables[at] = (name, value);
    }

    /// <summary>Hides a variable of the same name until <see cref="Remove"/>: a loop's variable.</summary>
    public void Add(string name) => _variables.Add((name, null));

    public void Remove(string name) => _variables.RemoveAt(Find(name));

    private int Find(string name)
    {
        for (var i = _variables.Count - 1; i >= 0; i--)
        {
            if (_variables[i].Name == name) return i;
        }
        return -1;
    }
}
