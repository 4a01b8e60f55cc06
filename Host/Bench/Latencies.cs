using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Billing.Host.Bench;

/// <summary>How long pages took in one part of a measurement, and what went wrong.</summary>
internal sealed partial class Latencies
{
    private readonly ConcurrentBag<(string Page, long Begun, long Ended)> pages = [];
    private readonly ConcurrentQueue<string> errors = [];

    /// <summary>The share of the machine's processor time that went to others meanwhile, from 0 to 1.</summary>
    public double Stolen { get; set; }

    /// <summary>Pages that came.</summary>
    public int Count => pages.Count;

    /// <summary>What did not answer as it should, the first ones.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    /// <summary>A page has come.</summary>
    /// <param name="path">Its address; pages that differ by a number or a name only count as one kind.</param>
    /// <param name="begun">Timestamp of the question.</param>
    /// <param name="ended">Timestamp of the answer's last byte.</param>
    public void Add(string path, long begun, long ended) => pages.Add((path, begun, ended));

    /// <summary>The pages during which nobody else had the machine's processors.</summary>
    public Latencies Without(Disturbances disturbances)
    {
        var kept = new Latencies();
        foreach (var page in pages)
            if (!disturbances.Has(page.Begun, page.Ended)) kept.pages.Add(page);
        return kept;
    }

    public void Fail(string what) => errors.Enqueue(what);

    /// <summary>The time that a share of all pages did not exceed, in milliseconds; 0 when there was none.</summary>
    public double Quantile(double share) => Quantile(pages.Select(Milliseconds), share);

    /// <summary>The kinds of pages whose p99 is the highest, slowest first.</summary>
    public IEnumerable<(string Page, int Count, double P50, double P99)> Slowest(int most) =>
        pages.GroupBy(p => KindOf(p.Page), Milliseconds).Select(kind => (kind.Key, kind.Count(), Quantile(kind, 0.5), Quantile(kind, 0.99))).OrderByDescending(kind => kind.Item4).Take(most);

    private static double Milliseconds((string Page, long Begun, long Ended) page) => TimeProvider.System.GetElapsedTime(page.Begun, page.Ended).TotalMilliseconds;

    private static double Quantile(IEnumerable<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    // "/t/reseller-7/accounts/12?q=a" is "/accounts/n?q".
    private static string KindOf(string path) => Parameter().Replace(Number().Replace(Tenant().Replace(path, ""), "n"), "$1");

    [GeneratedRegex("^/t/[^/]+")]
    private static partial Regex Tenant();

    [GeneratedRegex("[A-Z]*-?[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("([?&][^=]+)=[^&]*")]
    private static partial Regex Parameter();
}
