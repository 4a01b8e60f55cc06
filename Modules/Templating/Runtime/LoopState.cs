namespace Billing.Templating.Runtime;

/// <summary>What <c>for</c>, <c>while</c> and <c>tablerow</c> mean inside their loop, and the loop's own variable.</summary>
sealed class LoopState(string kind, string? variable) : ScriptObject
{
    public string Kind { get; } = kind;

    /// <summary>The loop's variable when it is not a local one.</summary>
    public string? Variable { get; } = variable;

    public object? Value { get; set; }

    public int Index { get; set; }

    public bool Changed { get; set; }

    /// <summary>-1 in a <c>while</c>, which does not know.</summary>
    public int Length { get; init; } = -1;

    public int Columns { get; init; } = 1;

    public override int Count => 1;

    public override IEnumerable<KeyValuePair<string, object?>> Members => [];

    public override bool TrySet(string name, object? value) => false;

    public override bool TryGet(string name, out object? value)
    {
        value = name switch
        {
            "index" => Index,
            "first" => Index == 0,
            "even" => (Index & 1) == 0,
            "odd" => (Index & 1) == 1,
            "length" when Length >= 0 => Length,
            "rindex" when Length >= 0 => Length - Index - 1,
            "last" when Length >= 0 => Index == Length - 1,
            "changed" when Length >= 0 => Changed,
            "col" when Kind == "tablerow" => Index % Columns + 1,
            "row" when Kind == "tablerow" => Index / Columns + 1,
            "col_first" when Kind == "tablerow" => Index % Columns == 0,
            "col_last" when Kind == "tablerow" => Index % Columns == Columns - 1,
            _ => null,
        };
        return value is not null;
    }
}
