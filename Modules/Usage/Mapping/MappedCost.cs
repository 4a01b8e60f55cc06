namespace Billing.Usage.Mapping;

/// <summary>An amount of money: one column, or several added up.</summary>
public sealed record MappedCost
{
    /// <summary>The column; alone the same as one of <see cref="Columns"/>.</summary>
    public MappedColumn? Column { get; init; }

    /// <summary>Several columns, added up; empty ones count for nothing, but if all are there is no cost.</summary>
    public IReadOnlyList<MappedColumn> Columns { get; init; } = [];

    /// <summary>True when the amounts are in pence or cents.</summary>
    public bool IsMinor { get; init; }

    /// <summary>True when what costs is written with a minus, and credits without.</summary>
    public bool IsNegated { get; init; }

    internal IReadOnlyList<MappedColumn> All => Column is { } one ? [one, .. Columns] : Columns;
}
