using System.Collections.Concurrent;

namespace Billing.Host.Bench;

/// <summary>How long pages took in one part of a measurement, and what went wrong.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> milliseconds = [];
    private readonly ConcurrentQueue<string> errors = [];

    /// <summary>Pages that came.</summary>
    public int Count => milliseconds.Count;

    /// <summary>What did not answer as it should, the first ones.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    public void Add(double took) => milliseconds.Add(took);

    public void Fail(string what) => errors.Enqueue(what);

    /// <summary>The time that a share of all pages did not exceed, in milliseconds; 0 when there was none.</summary>
    public double Quantile(double share)
    {
        var sorted = milliseconds.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
