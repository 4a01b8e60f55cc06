using System.Globalization;
using System.Text;
using Billing.Host.Demo;

namespace Billing.Bench;

/// <summary>Made-up calls of a month, in order of time, in the layout of the pre-rated UK list: 8 columns, one field in twenty in quotes.</summary>
/// <param name="seed">The same seed gives the same bytes.</param>
/// <param name="prefixes">What the called numbers begin with, without plus.</param>
/// <param name="numbers">How many numbers call: 44 20 0000 0000 and up.</param>
internal sealed class CallFile(int seed, IReadOnlyList<string> prefixes, int numbers)
{
    public const ulong FirstNumber = 442_000_000_000;

    private static readonly DateTime month = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The bytes of a file.</summary>
    /// <param name="serial">Different for each file of one carrier: its references contain it.</param>
    /// <param name="lines">Calls.</param>
    /// <param name="from">Part of the month at which it begins, 0 to 1.</param>
    /// <param name="to">Part at which it ends.</param>
    public byte[] Make(int serial, int lines, double from = 0, double to = 1)
    {
        var random = new DemoRandom((ulong)seed, $"bench/{serial}");
        var text = new StringBuilder(lines * 104);
        text.Append("caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n");
        var seconds = 30 * 86_400 - 7_200;
        for (var i = 0; i < lines; i++)
        {
            var end = month.AddSeconds(3_600 + seconds * (from + (to - from) * i / lines));
            var caller = FirstNumber + (ulong)random.Below(numbers);
            var called = prefixes[Skewed(random, prefixes.Count)];
            var quote = random.Chance(5) ? "\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"{quote}{caller}{quote},{called}{random.Below(1_000_000):000000},{end:dd/MM/yyyy},{end:HH:mm:ss},{random.Between(1, 60) * random.Between(1, 12)},0.0{random.Below(1000):000},C{serial:X6}{i:X8}{random.Next():X8},GBP\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    // People ring a few places often and most places hardly ever.
    private static int Skewed(DemoRandom random, int count) => Math.Min(random.Below(count), Math.Min(random.Below(count), random.Below(count)));
}
