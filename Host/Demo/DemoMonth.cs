using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>The month the demo bills: March 2026, whose last Sunday loses an hour.</summary>
static class DemoMonth
{
    /// <summary>First day of the usage billed.</summary>
    public static DateOnly First { get; } = new(2026, 3, 1);

    /// <summary>Last day of the usage billed, included.</summary>
    public static DateOnly Cutoff { get; } = new(2026, 3, 31);

    /// <summary>The day printed on the invoices. The reseller's former system has billed rentals up to the day before.</summary>
    public static DateOnly InvoiceDate { get; } = new(2026, 4, 1);

    /// <summary>Clocks go forward at 01:00: 01:00 to 01:59:59 does not exist on this day.</summary>
    public static DateOnly ClockChange { get; } = new(2026, 3, 29);

    /// <summary>The number that moves belongs to its new account from midnight here.</summary>
    public static DateOnly Move { get; } = new(2026, 3, 16);

    /// <summary>The leaver's last day is the one before.</summary>
    public static DateOnly Leave { get; } = new(2026, 3, 15);

    /// <summary>First day of the joiner.</summary>
    public static DateOnly Join { get; } = new(2026, 3, 16);

    /// <summary>First day of the faster broadband.</summary>
    public static DateOnly Upgrade { get; } = new(2026, 3, 18);

    /// <summary>The month's days.</summary>
    public static DateInterval Days { get; } = new(First, InvoiceDate);

    /// <summary>The clock of the reseller and of the two carriers that write local times.</summary>
    public static TimeZoneInfo London { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>A wall clock reading as an instant, in UTC.</summary>
    /// <exception cref="ArgumentException">The clock never showed it.</exception>
    public static DateTimeOffset InstantOf(DateTime local) => London.IsInvalidTime(local)
        ? throw new ArgumentException($"{local:yyyy-MM-dd HH:mm:ss} does not exist in London.", nameof(local))
        : new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>The wall clock reading at an instant.</summary>
    public static DateTime LocalOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, London).DateTime;

    /// <summary>The local day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(LocalOf(instant));
}
