namespace Billing.Templating.Runtime;

/// <summary>An array made by a template; it may carry named properties as well.</summary>
sealed class ScriptArray : List<object?>
{
    public ScriptArray()
    {
    }

    public ScriptArray(int capacity) : base(capacity)
    {
    }

    public ScriptArray(IEnumerable<object?> items) : base(items)
    {
    }

    /// <summary>The properties, null while there are none.</summary>
    public ScriptObject? Properties { get; set; }

    public ScriptArray Copy() => new(this);
}
