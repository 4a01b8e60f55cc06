using Billing.Abstractions.Values;

namespace Billing.Customers.Endpoints;

/// <summary>Days as a program sends them: the first, and the last, included.</summary>
static class DaysBody
{
    /// <summary>What is wrong with them; null when nothing is.</summary>
    public static Failure? Fault(DateOnly from, DateOnly? through) =>
        through < from ? new("records.bad-dates", "'through' is before 'from'.")
        // The day after it must be a day too.
        : through == DateOnly.MaxValue ? new("records.bad-dates", "'through' is the end of time. Leave it out for no end.")
        : null;
}
