using System.Globalization;

namespace Billing.Host.Bench;

/// <summary>What was measured.</summary>
/// <param name="Quiet">One person, nothing else.</param>
/// <param name="People">Everybody, no import.</param>
/// <param name="Busy">Everybody while files are imported.</param>
/// <param name="ImportedLines">Calls imported meanwhile.</param>
/// <param name="Memory">Resident bytes of the app while busy, sample by sample.</param>
/// <param name="Disturbances">When others had the processors.</param>
internal sealed record WebBenchResult(Latencies Quiet, Latencies People, Latencies Busy, long ImportedLines, IReadOnlyList<long> Memory, Disturbances Disturbances)
{
    /// <summary>p99 while busy over p99 of one person alone.</summary>
    public double Ratio => Busy.Quantile(0.99) / Quiet.Quantile(0.99);

    /// <summary>The last third of the memory samples over the middle third, both by their median: 1 is flat.</summary>
    public double Growth
    {
        get
        {
            var third = Memory.Count / 3;
            return third == 0 ? 1 : (double)Median([.. Memory.Skip(2 * third)]) / Median([.. Memory.Skip(third).Take(third)]);
        }
    }

    public void Print(TextWriter to)
    {
        foreach (var (name, part) in ((string, Latencies)[])[("one person", Quiet), ("everybody", People), ("everybody and imports", Busy)])
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {part.Count,7} pages  p50 {part.Quantile(0.5),7:0} ms  p95 {part.Quantile(0.95),7:0} ms  p99 {part.Quantile(0.99),7:0} ms  {part.Errors.Count} errors; {part.Stolen:0%} of the processors taken by others"));
        var (quiet, busy) = (Quiet.Without(Disturbances), Busy.Without(Disturbances));
        if (quiet.Count < Quiet.Count || busy.Count < Busy.Count)
        {
            to.WriteLine("of these, while nobody else had the processors");
            foreach (var (name, part) in ((string, Latencies)[])[("one person", quiet), ("everybody", People.Without(Disturbances)), ("everybody and imports", busy)])
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {part.Count,7} pages  p50 {part.Quantile(0.5),7:0} ms  p95 {part.Quantile(0.95),7:0} ms  p99 {part.Quantile(0.99),7:0} ms"));
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 over one person's  {busy.Quantile(0.99) / quiet.Quantile(0.99),7:0.00}"));
        }
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"imported meanwhile     {ImportedLines,7} calls"));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 over one person's  {Ratio,7:0.00} (all pages)"));
        if (Memory.Count > 0) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory                 {Memory.Min() >> 20,7} to {Memory.Max() >> 20} MB; last third over middle third {Growth:0.00}"));
        to.WriteLine("slowest kinds of pages, one person's and while importing");
        var alone = Quiet.Slowest(int.MaxValue).ToDictionary(kind => kind.Page, kind => kind.P99, StringComparer.Ordinal);
        foreach (var (page, count, p50, p99) in Busy.Slowest(12))
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {page,-20} {count,7} pages  p50 {p50,7:0} ms  p99 {p99,7:0} ms  alone {alone.GetValueOrDefault(page),7:0} ms"));
        foreach (var error in Quiet.Errors.Concat(People.Errors).Concat(Busy.Errors).Take(10)) to.WriteLine("  " + error);
    }

    private static long Median(IReadOnlyList<long> values) => values.Order().ElementAt(values.Count / 2);
}
