namespace Billing.Usage.Endpoints;

/// <summary>A month of a replay, by its first day.</summary>
sealed record WhatIfMonthView(DateOnly Month, WhatIfFiguresView Figures);
