using Billing.Abstractions.Values;

namespace Billing.Invoicing.Margins;

/// <summary>What of an amount for some days falls into a month.</summary>
public static class MonthShare
{
    /// <summary>
    /// The share of the days that both have. The shares of months that follow one another add up to the amount, to the last place: each is the difference of two
    /// rounded sums, so that nothing is rounded away.
    /// </summary>
    /// <param name="amount">For all of its days; at most six places.</param>
    /// <param name="days">The days it is for.</param>
    /// <param name="month">The days that are asked for.</param>
    public static decimal Of(decimal amount, DateInterval days, DateInterval month)
    {
        if (days.Intersect(month) is not { IsEmpty: false, To: { } to } part) return 0;
        return UpTo(amount, days, to) - UpTo(amount, days, part.From);
    }

    private static decimal UpTo(decimal amount, DateInterval days, DateOnly day) =>
        day == days.To ? amount : decimal.Round(amount * (day.DayNumber - days.From.DayNumber) / days.Days, 6, MidpointRounding.AwayFromZero);
}
