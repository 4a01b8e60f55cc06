namespace Billing.Usage.Mapping;

/// <summary>A text: that of the first of these columns that has one, or always the same.</summary>
public sealed record MappedText
{
    /// <summary>The column; alone the same as one of <see cref="Columns"/>.</summary>
    public MappedColumn? Column { get; init; }

    /// <summary>Several columns, of which the first that is not empty counts.</summary>
    public IReadOnlyList<MappedColumn> Columns { get; init; } = [];

    /// <summary>The same on every line; used where the columns are empty.</summary>
    public string Value { get; init; } = "";

    internal IReadOnlyList<MappedColumn> All => Column is { } one ? [one, .. Columns] : Columns;
}
