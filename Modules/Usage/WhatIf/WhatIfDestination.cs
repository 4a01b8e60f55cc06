namespace Billing.Usage.WhatIf;

/// <summary>A class of calls in a replay: a kind, and what the published tariff calls where they went (with the change, where only that has a price).</summary>
/// <param name="Kind"><c>voice</c>, <c>sms</c> or <c>data</c>.</param>
/// <param name="Destination">The tariff's name for it; null for calls that have a price on neither side.</param>
/// <param name="Figures">Those calls.</param>
public sealed record WhatIfDestination(string Kind, string? Destination, WhatIfFigures Figures);
