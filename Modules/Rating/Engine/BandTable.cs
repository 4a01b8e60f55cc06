using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>The time bands as a table over the minutes of eight kinds of day: Monday to Sunday and holiday.</summary>
sealed class BandTable
{
    private const int MinutesADay = WeekCoverage.MinutesADay;
    private const int HolidayRow = 7;

    // Keeps divisions of local seconds positive for any year; whole weeks, so that weekdays stay what they are.
    private const long BiasDays = 7 * 200_000;
    private const int MondayShift = 3;                      // 1970-01-01 was a Thursday

    private readonly byte[] bands = new byte[8 * MinutesADay];
    private readonly short[] ends = new short[8 * MinutesADay];
    private readonly long firstHoliday;
    private readonly bool[] isHoliday;

    public BandTable(IReadOnlyList<TimeBand> timeBands, HolidayCalendar? holidays)
    {
        IsSingle = timeBands.Count == 1;
        for (var band = 0; band < timeBands.Count; band++)
            foreach (var window in timeBands[band].When)
                for (var row = 0; row < 8; row++)
                    if (((int)window.Days >> row & 1) == 1)
                        Fill(row, window, (byte)band);

        var dates = holidays?.Dates ?? [];
        firstHoliday = dates.Count == 0 ? 0 : DayOf(dates[0]);
        isHoliday = new bool[dates.Count == 0 ? 0 : DayOf(dates[^1]) - firstHoliday + 1];
        foreach (var date in dates) isHoliday[DayOf(date) - firstHoliday] = true;
    }

    /// <summary>True when there is one band, and nothing to look up.</summary>
    public bool IsSingle { get; }

    /// <summary>The band at a time of the civil clock, given as seconds since 1970-01-01 00:00 on that clock.</summary>
    public int BandAt(long localSeconds) => IsSingle ? 0 : bands[CellOf(localSeconds, out _)];

    /// <summary>The same, and how many seconds it lasts at least (to the end of its window or of the day).</summary>
    public int BandAt(long localSeconds, out int secondsLeft)
    {
        var cell = CellOf(localSeconds, out var secondOfDay);
        secondsLeft = ends[cell] * 60 - secondOfDay;
        return bands[cell];
    }

    private int CellOf(long localSeconds, out int secondOfDay)
    {
        var biased = (ulong)(localSeconds + BiasDays * ZoneClock.SecondsADay);
        var biasedDay = biased / ZoneClock.SecondsADay;
        secondOfDay = (int)(biased - biasedDay * ZoneClock.SecondsADay);
        var row = (int)((biasedDay + MondayShift) % 7);
        var holiday = (ulong)((long)biasedDay - BiasDays - firstHoliday);
        if (holiday < (ulong)isHoliday.Length && isHoliday[holiday]) row = HolidayRow;
        return row * MinutesADay + secondOfDay / 60;
    }

    private void Fill(int row, BandWindow window, byte band)
    {
        for (var minute = window.FromMinute; minute < window.ToMinute; minute++)
        {
            bands[row * MinutesADay + minute] = band;
            ends[row * MinutesADay + minute] = (short)window.ToMinute;
        }
    }

    private static long DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
