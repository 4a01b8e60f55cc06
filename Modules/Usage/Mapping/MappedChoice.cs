namespace Billing.Usage.Mapping;

/// <summary>Yes when the column holds one of these words, or always.</summary>
public sealed record MappedChoice
{
    /// <summary>The column; none where <see cref="Always"/> says it.</summary>
    public MappedColumn? Column { get; init; }

    /// <summary>Words that mean yes, upper and lower case alike.</summary>
    public IReadOnlyList<string> Yes { get; init; } = [];

    /// <summary>
    /// Words that mean no. Where some are named, any other word is an error rather than a no; where none are, everything else is a no.
    /// </summary>
    public IReadOnlyList<string> No { get; init; } = [];

    /// <summary>Yes on every line.</summary>
    public bool Always { get; init; }
}
