namespace Billing.Ledger.Calendars;

/// <summary>When money may be collected, and by when that must be said and sent. How long a notice is comes from the mandate's terms; these are the usual ones.</summary>
public static class CollectionDates
{
    /// <summary>Working days of a Bacs notice unless the sponsor agreed to less.</summary>
    public const int BacsNotice = 10;

    /// <summary>Calendar days of a SEPA pre-notification unless less was agreed.</summary>
    public const int SepaNotice = 14;

    // Input, processing, entry: three working days, of which the entry is the last.
    private const int BacsBeforeEntry = 2;

    /// <summary>The last day of a Bacs notice: a debit on it or later has had all of it.</summary>
    /// <param name="days">England and Wales.</param>
    /// <param name="sentOn">The day the notice was sent, which does not count.</param>
    /// <param name="workingDays">How long it is.</param>
    public static DateOnly BacsNoticeOver(BankDays days, DateOnly sentOn, int workingDays = BacsNotice)
    {
        ArgumentNullException.ThrowIfNull(days);
        return days.Add(sentOn, workingDays);
    }

    /// <summary>The last day on which a Bacs file can be handed in for money to move on a day.</summary>
    /// <param name="days">England and Wales.</param>
    /// <param name="entryOn">The day of the entry, a working day.</param>
    /// <exception cref="ArgumentException">Banks do not work on that day.</exception>
    public static DateOnly BacsInput(BankDays days, DateOnly entryOn)
    {
        ArgumentNullException.ThrowIfNull(days);
        return days.IsOpen(entryOn) ? days.Add(entryOn, -BacsBeforeEntry) : throw new ArgumentException($"Banks do not work on {entryOn:yyyy-MM-dd}.", nameof(entryOn));
    }

    /// <summary>The first day of a SEPA debit after its pre-notification: the day the notice is over, or the next on which TARGET is open.</summary>
    /// <param name="notifiedOn">The day of the notice.</param>
    /// <param name="calendarDays">How long it is.</param>
    public static DateOnly SepaEarliest(DateOnly notifiedOn, int calendarDays = SepaNotice) => BankDays.Target.OnOrAfter(notifiedOn.AddDays(calendarDays));
}
