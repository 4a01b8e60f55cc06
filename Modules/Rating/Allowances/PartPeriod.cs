namespace Billing.Rating.Allowances;

/// <summary>How much an allowance holds in the period in which it begins (rule R11). When it ends within one nothing is taken back.</summary>
public enum PartPeriod
{
    /// <summary>All of it, whatever day it begins on.</summary>
    Full,

    /// <summary>By days: 100 minutes from the 16th of April on are 15 of 30 days, 50 minutes.</summary>
    Prorated,
}
