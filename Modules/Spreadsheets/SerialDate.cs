namespace Billing.Spreadsheets;

/// <summary>
/// A spreadsheet's dates: days since 30 December 1899. Excel takes 1900 for a leap year, so its days before 1 March 1900 are off by one; no
/// date of ours is that old.
/// </summary>
static class SerialDate
{
    private static readonly DateOnly Start = new(1899, 12, 30);
    private static readonly int Mac = new DateOnly(1904, 1, 1).DayNumber - Start.DayNumber;

    public static int Of(DateOnly day) => day.DayNumber - Start.DayNumber;

    /// <summary>The day of a serial number; null outside 1 March 1900 to 31 December 9999, and for a time of day.</summary>
    public static DateOnly? Read(decimal serial, bool isSince1904)
    {
        var days = isSince1904 ? serial + Mac : serial;
        return days is >= 61 and <= 2_958_465 && days == decimal.Truncate(days) ? Start.AddDays((int)days) : null;
    }
}
