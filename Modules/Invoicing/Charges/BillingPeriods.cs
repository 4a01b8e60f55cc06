using Billing.Abstractions.Values;

namespace Billing.Invoicing.Charges;

/// <summary>
/// The periods of a charge: whole months that begin on an anchor day. Every boundary is computed from the anchor, never from the boundary
/// before, so that 31 January is followed by 28 February and then by 31 March (rule T5).
/// </summary>
public static class BillingPeriods
{
    /// <summary>The period that a day belongs to, for a charge that began on <paramref name="start"/>.</summary>
    /// <param name="start">First day of the charge: its months count from here.</param>
    /// <param name="anchorDay">1 to 31.</param>
    /// <param name="everyMonths">Length of a period.</param>
    /// <param name="day">Not before <paramref name="start"/>.</param>
    public static DateInterval Containing(DateOnly start, int anchorDay, int everyMonths, DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everyMonths, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(anchorDay, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(anchorDay, 31);
        // The first boundary on or after the start; the part before it belongs to the period that ends there.
        var first = MonthOf(start);
        if (Boundary(first, anchorDay) < start) first++;
        var steps = (MonthOf(day) - first) / everyMonths * everyMonths;
        var month = first + steps;
        while (Boundary(month, anchorDay) > day) month -= everyMonths;
        while (Boundary(month + everyMonths, anchorDay) <= day) month += everyMonths;
        return new DateInterval(Boundary(month, anchorDay), Boundary(month + everyMonths, anchorDay));
    }

    private static int MonthOf(DateOnly day) => day.Year * 12 + day.Month - 1;

    private static DateOnly Boundary(int month, int anchorDay)
    {
        var (year, index) = Math.DivRem(month, 12);
        return new DateOnly(year, index + 1, Math.Min(anchorDay, DateTime.DaysInMonth(year, index + 1)));
    }
}
