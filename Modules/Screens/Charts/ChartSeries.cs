namespace Billing.Screens.Charts;

/// <summary>One row of figures of a chart.</summary>
/// <param name="Label">What they are: <c>Net</c>.</param>
/// <param name="Values">One for each label of the chart.</param>
/// <param name="Colour">A colour by meaning, <c>--chart-…</c> of the style sheet: <c>error</c>, <c>good</c>, <c>billed</c>; null for the next one of the row.</param>
public sealed record ChartSeries(string Label, IReadOnlyList<decimal> Values, string? Colour = null);
