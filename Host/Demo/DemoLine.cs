namespace Billing.Host.Demo;

/// <summary>One line of a call file, and what the generator means it to become.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without its line end.</param>
/// <param name="Fate">What it becomes.</param>
/// <param name="Call">The call on it, also where the line is spoilt; null for a heading.</param>
sealed record DemoLine(int Number, string Text, DemoFate Fate, DemoCall? Call);
