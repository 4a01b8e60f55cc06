namespace Billing.Screens.Charts;

/// <summary>A piece of a <see cref="StackedBar"/>.</summary>
/// <param name="Kind">Its colour, by meaning: a class <c>part-…</c> of the style sheet.</param>
/// <param name="Label">As the legend says it.</param>
/// <param name="Value">How long.</param>
public sealed record BarPart(string Kind, string Label, decimal Value);
