namespace Billing.Abstractions.Cdr;

/// <summary>What came out when a format read the beginning of a file to see whether it can.</summary>
/// <param name="Records">Lines that were good records.</param>
/// <param name="Problems">Lines that were not.</param>
/// <param name="Headings">Headings.</param>
public readonly record struct CdrProbe(int Records, int Problems, int Headings)
{
    /// <summary>
    /// An answer for <see cref="ICdrFormat.Recognise"/>: <paramref name="sure"/> when every line was a record; less with each bad one, but still 50 while one line
    /// in ten is a record, for a damaged file is its carrier's file all the same; 0 when there is no record at all.
    /// </summary>
    /// <param name="sure">From 50 to 100: how sure good records make it. Many columns of known kinds: 95. Three columns of digits: 60.</param>
    public int Score(int sure)
    {
        if (Records == 0) return 0;
        var all = Records + Problems;
        return Records * 10 >= all ? 50 + (sure - 50) * Records / all : sure * Records / all;
    }
}
