using System.Numerics;

namespace Billing.Rating.Engine;

/// <summary>
/// Longest prefix without a walk over digits: every prefix is a range of 15-digit numbers, nested ranges are cut into disjoint
/// ones once, and a number is found by a small index over its first digits and a short binary search.
/// </summary>
sealed class PrefixTable
{
    public const int None = -1;

    private const int Digits = 15;
    private const int SmallTable = 2_000;

    private static readonly long[] powersOfTen = [.. Enumerable.Range(0, Digits + 2).Select(n => (long)BigInteger.Pow(10, n))];

    private readonly long[] starts;
    private readonly int[] nodes;
    private readonly int[] index;
    private readonly long indexUnit;

    /// <summary>Builds the table and tells each prefix which shorter one it falls back to.</summary>
    /// <param name="prefixes">All different, 1 to 15 digits, the first not 0.</param>
    /// <param name="parents">Out: for each prefix the position of the longest other prefix that it begins with, or <see cref="None"/>.</param>
    public PrefixTable(IReadOnlyList<string> prefixes, out int[] parents)
    {
        parents = new int[prefixes.Count];
        var order = Enumerable.Range(0, prefixes.Count)
            .OrderBy(i => StartOf(prefixes[i]))
            .ThenBy(i => prefixes[i].Length)
            .ToArray();

        var cuts = new List<(long Start, int Node)>(prefixes.Count * 2 + 1) { (0, None) };
        var open = new Stack<(int Node, long End)>();
        foreach (var node in order)
        {
            var start = StartOf(prefixes[node]);
            while (open.TryPeek(out var top) && top.End <= start) Close();
            parents[node] = open.TryPeek(out var parent) ? parent.Node : None;
            open.Push((node, start + powersOfTen[Digits - prefixes[node].Length]));
            Cut(start, node);
        }
        while (open.Count > 0) Close();

        starts = [.. cuts.Select(cut => cut.Start)];
        nodes = [.. cuts.Select(cut => cut.Node)];
        var indexDigits = starts.Length < SmallTable ? 3 : 5;
        indexUnit = powersOfTen[Digits - indexDigits];
        index = BuildIndex((int)powersOfTen[indexDigits]);

        void Close()
        {
            var closed = open.Pop();
            Cut(closed.End, open.TryPeek(out var under) ? under.Node : None);
        }

        void Cut(long start, int node)
        {
            if (cuts[^1].Start == start) cuts[^1] = (start, node);
            else if (cuts[^1].Node != node) cuts.Add((start, node));
        }
    }

    /// <summary>
    /// The longest prefix whose range holds the number, or <see cref="None"/>. It may have more digits than the number itself when
    /// those are zeros; the caller then goes to its parent.
    /// </summary>
    /// <param name="number">1 to 15 digits, the first not 0.</param>
    /// <param name="digitCount">How many it has.</param>
    public int Find(ulong number, out int digitCount)
    {
        digitCount = CountDigits(number);
        var aligned = (long)number * powersOfTen[Digits - digitCount];
        var bucket = (int)(aligned / indexUnit);
        var low = index[bucket];
        var high = index[bucket + 1];
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (starts[middle] <= aligned) low = middle;
            else high = middle - 1;
        }
        return nodes[low];
    }

    internal static int CountDigits(ulong number)
    {
        var guess = ((BitOperations.Log2(number | 1) + 1) * 1233) >> 12;
        return guess + (number >= (ulong)powersOfTen[guess] ? 1 : 0);
    }

    private static long StartOf(string prefix)
    {
        var value = 0L;
        foreach (var digit in prefix) value = value * 10 + (digit - '0');
        return value * powersOfTen[Digits - prefix.Length];
    }

    // For each bucket of first digits the last cut at or before its beginning.
    private int[] BuildIndex(int buckets)
    {
        var built = new int[buckets + 1];
        var cut = 0;
        for (var bucket = 0; bucket <= buckets; bucket++)
        {
            while (cut + 1 < starts.Length && starts[cut + 1] <= bucket * indexUnit) cut++;
            built[bucket] = cut;
        }
        return built;
    }
}
