namespace Billing.Usage.WhatIf;

/// <summary>A month of a replay.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Figures">Its calls.</param>
public sealed record WhatIfMonth(DateOnly Month, WhatIfFigures Figures);
