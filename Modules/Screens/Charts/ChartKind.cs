namespace Billing.Screens.Charts;

/// <summary>How a <see cref="Chart"/> is drawn.</summary>
public enum ChartKind
{
    /// <summary>Upright bars beside each other: amounts of periods.</summary>
    Bars,

    /// <summary>Upright bars on top of each other: parts of amounts.</summary>
    StackedBars,

    /// <summary>Lying bars: a ranking with long names.</summary>
    LyingBars,

    /// <summary>A line: a course over time.</summary>
    Line,

    /// <summary>A ring: parts of one whole, six at most.</summary>
    Ring,
}
