namespace Billing.Plugins.IsdnNl;

/// <summary>
/// The time of a file's calls so far. The trailer has it to the hundredth, while calls are billed by begun seconds: both are kept, so that the two can be compared.
/// </summary>
sealed class IsdnNlSum
{
    public long Hundredths { get; private set; }

    public long Seconds { get; private set; }

    public void Add(long hundredths, int seconds) => (Hundredths, Seconds) = (Hundredths + hundredths, Seconds + seconds);
}
