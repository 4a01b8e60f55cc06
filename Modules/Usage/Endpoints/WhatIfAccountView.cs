using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>An account of a replay.</summary>
sealed record WhatIfAccountView(
    string Number, string Name,
    [property: Description("Months in which it has calls.")] int Months,
    [property: Description("Its part of all rises or of all falls, in percent; null where it has neither.")] decimal? Share,
    [property: Description("What a month with calls comes to on average, as things are.")] decimal TypicalBefore,
    [property: Description("The same with the change.")] decimal TypicalAfter,
    WhatIfFiguresView Figures);
