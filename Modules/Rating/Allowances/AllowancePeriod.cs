using Billing.Abstractions.Values;

namespace Billing.Rating.Allowances;

/// <summary>Months that begin on an account's billing day.</summary>
public static class AllowancePeriod
{
    /// <summary>The period a day lies in.</summary>
    /// <param name="day">The day.</param>
    /// <param name="anchorDay">1 to 31; in a shorter month the period begins on its last day, and on the anchor again in the next (rule T5).</param>
    public static DateInterval Containing(DateOnly day, int anchorDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(anchorDay, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(anchorDay, 31);
        var month = new DateOnly(day.Year, day.Month, 1);
        if (StartIn(month, anchorDay) > day) month = month.AddMonths(-1);
        return new DateInterval(StartIn(month, anchorDay), StartIn(month.AddMonths(1), anchorDay));
    }

    private static DateOnly StartIn(DateOnly month, int anchorDay) => month.AddDays(Math.Min(anchorDay, DateTime.DaysInMonth(month.Year, month.Month)) - 1);
}
