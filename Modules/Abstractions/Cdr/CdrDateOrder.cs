namespace Billing.Abstractions.Cdr;

/// <summary>Order of day, month and year in a date. Never guessed from the values: 03/04 looks right both ways.</summary>
public enum CdrDateOrder
{
    /// <summary><c>31/12/2026</c>, <c>31.12.2026</c>, <c>31122026</c></summary>
    DayFirst,

    /// <summary><c>12/31/2026</c></summary>
    MonthFirst,

    /// <summary><c>2026-12-31</c>, <c>20261231</c></summary>
    YearFirst,
}
