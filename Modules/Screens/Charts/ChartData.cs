namespace Billing.Screens.Charts;

/// <summary>What a <see cref="Chart"/> shows: the same as a table with a row a label and a column a series.</summary>
/// <param name="Heading">What the labels are: <c>Run</c>, <c>Day</c>.</param>
/// <param name="Labels">From the left, or from the top.</param>
/// <param name="Series">The figures.</param>
/// <param name="Write">How a figure is written in the table and at the pointer.</param>
public sealed record ChartData(string Heading, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series, Func<decimal, string> Write)
{
    /// <summary>Colours of the labels by meaning, for a ring; null for the usual ones.</summary>
    public IReadOnlyList<string>? Colours { get; init; }

    /// <summary>True when there is nothing to draw: no label, or nothing but zeros.</summary>
    public bool IsEmpty => Labels.Count == 0 || Series.All(series => series.Values.All(value => value == 0));
}
