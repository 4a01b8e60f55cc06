using System.Diagnostics.CodeAnalysis;

namespace Billing.Templating.Runtime;

/// <summary>An object made by a template: members in the order they were added, some of them perhaps <c>readonly</c>.</summary>
class ScriptObject
{
    private readonly OrderedDictionary<string, object?> _members = new(StringComparer.Ordinal);
    private HashSet<string>? _readOnly;

    public virtual int Count => _members.Count;

    public virtual IEnumerable<KeyValuePair<string, object?>> Members => _members;

    public virtual bool TryGet(string name, out object? value) => _members.TryGetValue(name, out value);

    /// <summary>False when the member may not change.</summary>
    public virtual bool TrySet(string name, object? value)
    {
        if (_readOnly is not null && _readOnly.Contains(name)) return false;
        _members[name] = value;
        return true;
    }

    public virtual bool Remove(string name) => _members.Remove(name);

    public virtual void Protect(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    public object? this[string name]
    {
        get => TryGet(name, out var value) ? value : null;
        set => TrySet(name, value);
    }
}

/// <summary>The outermost object of a render: what the template assigns, in front of what the model says.</summary>
/// <remarks>The model itself is never changed, so one model can be rendered by several threads.</remarks>
[SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "Made per render.")]
sealed class GlobalObject(object? model) : ScriptObject
{
    public override int Count => Members.Count();

    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        Runtime.Members.All(model).Where(pair => !base.TryGet(pair.Key, out _)).Concat(base.Members);

    public override bool TryGet(string name, out object? value) =>
        base.TryGet(name, out value) || (model is not null && Runtime.Members.TryGet(model, name, out value));
}
