namespace Billing.Onboarding.Rows;

/// <summary>What 03/04/2026 means in a file.</summary>
public enum DateOrder
{
    /// <summary>Nobody has said: a date that could be either is refused.</summary>
    Unsaid,

    /// <summary>3 April.</summary>
    DayFirst,

    /// <summary>4 March.</summary>
    MonthFirst,
}
