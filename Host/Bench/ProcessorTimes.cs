using System.Globalization;

namespace Billing.Host.Bench;

/// <summary>
/// The machine's processor time so far, in ticks, and what of it a virtual machine's host gave to others. A measurement in which much was taken says
/// little about the program.
/// </summary>
/// <param name="Total">All of it, idle time included.</param>
/// <param name="Stolen">Taken although there was work.</param>
internal readonly record struct ProcessorTimes(long Total, long Stolen)
{
    private const int StealColumn = 7;
    private const int Columns = 8;

    /// <summary>As it stands now; nothing where the system does not say.</summary>
    public static ProcessorTimes Now()
    {
        const string Source = "/proc/stat";
        if (!File.Exists(Source)) return default;
        // "cpu user nice system idle iowait irq softirq steal guest guest_nice"; guests' time is in user's and nice's already.
        var ticks = File.ReadLines(Source).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Columns).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return new ProcessorTimes(ticks.Sum(), ticks.Count > StealColumn ? ticks[StealColumn] : 0);
    }

    /// <summary>The share that was taken since an earlier moment, from 0 to 1.</summary>
    public double StolenSince(ProcessorTimes before) => Total == before.Total ? 0 : (double)(Stolen - before.Stolen) / (Total - before.Total);
}
