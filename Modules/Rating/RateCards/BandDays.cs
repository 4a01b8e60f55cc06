namespace Billing.Rating.RateCards;

/// <summary>A set of days; a date of the holiday calendar is <see cref="Holiday"/> and nothing else.</summary>
[Flags]
public enum BandDays
{
    /// <summary>No day.</summary>
    None = 0,

    /// <summary>Monday.</summary>
    Monday = 1,

    /// <summary>Tuesday.</summary>
    Tuesday = 2,

    /// <summary>Wednesday.</summary>
    Wednesday = 4,

    /// <summary>Thursday.</summary>
    Thursday = 8,

    /// <summary>Friday.</summary>
    Friday = 16,

    /// <summary>Saturday.</summary>
    Saturday = 32,

    /// <summary>Sunday.</summary>
    Sunday = 64,

    /// <summary>A date of the tariff's holiday calendar, whatever its weekday.</summary>
    Holiday = 128,

    /// <summary>Monday to Sunday.</summary>
    Week = 127,
}
