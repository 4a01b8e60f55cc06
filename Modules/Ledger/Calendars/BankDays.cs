namespace Billing.Ledger.Calendars;

/// <summary>
/// The days on which banks move money: England and Wales for Bacs, TARGET for SEPA. Computed from the rules of the year; a holiday that is proclaimed for once
/// (a jubilee, a coronation) is handed in.
/// </summary>
public sealed class BankDays
{
    private readonly Func<DateOnly, bool> isHoliday;
    private readonly HashSet<DateOnly> proclaimed;

    private BankDays(Func<DateOnly, bool> isHoliday, IEnumerable<DateOnly> proclaimed) => (this.isHoliday, this.proclaimed) = (isHoliday, [.. proclaimed]);

    /// <summary>England and Wales, where Bacs settles. The rules are those since 1978; a year's moved holiday counts as proclaimed.</summary>
    /// <param name="proclaimed">Holidays that no rule gives.</param>
    public static BankDays EnglandAndWales(params IEnumerable<DateOnly> proclaimed) => new(IsEnglish, proclaimed);

    /// <summary>TARGET, the euro's: closed on New Year, Good Friday, Easter Monday, 1 May, 25 and 26 December.</summary>
    public static BankDays Target { get; } = new(day => (day.Month, day.Day) is (1, 1) or (5, 1) or (12, 25) or (12, 26) || day == Easter(day.Year).AddDays(-2) || day == Easter(day.Year).AddDays(1), []);

    /// <summary>True on a day that banks work.</summary>
    public bool IsOpen(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !isHoliday(day) && !proclaimed.Contains(day);

    /// <summary>The day itself where banks work on it, else the next on which they do.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsOpen(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>So many working days after a day; before it where the number is negative. The day itself does not count, whether it is one or not.</summary>
    public DateOnly Add(DateOnly day, int workingDays)
    {
        var step = Math.Sign(workingDays);
        for (var left = Math.Abs(workingDays); left > 0;)
        {
            day = day.AddDays(step);
            if (IsOpen(day)) left--;
        }
        return day;
    }

    /// <summary>Easter Sunday of a year, by the Gregorian computus as Meeus and Butcher give it.</summary>
    public static DateOnly Easter(int year)
    {
        var (century, ofCentury) = Math.DivRem(year, 100);
        var golden = year % 19;
        var epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var toSunday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
        var correction = (golden + 11 * epact + 22 * toSunday) / 451;
        var (month, day) = Math.DivRem(epact + toSunday - 7 * correction + 114, 31);
        return new DateOnly(year, month, day + 1);
    }

    private static bool IsEnglish(DateOnly day)
    {
        var easter = Easter(day.Year);
        if (day == easter.AddDays(-2) || day == easter.AddDays(1)) return true;
        var monday = day.DayOfWeek == DayOfWeek.Monday;
        return day.Month switch
        {
            1 => day == Kept(new(day.Year, 1, 1)),
            5 => monday && (day.Day <= 7 || day.Day > 24),
            8 => monday && day.Day > 24,
            12 => day == Kept(new(day.Year, 12, 25)) || day == Kept(new(day.Year, 12, 26)),
            _ => false,
        };
    }

    // A holiday at a weekend is kept on the next day that is none; Christmas and Boxing Day, being neighbours, two days on.
    private static DateOnly Kept(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(day.Month == 12 ? 2 : 1),
        _ => day,
    };
}
