using System.Collections.Frozen;

namespace Billing.Rating.Engine;

/// <summary>Short codes: the whole of what was dialled, else the longest starred beginning (<c>116*</c>).</summary>
sealed class ShortCodeTable
{
    private readonly FrozenDictionary<ulong, int> whole;
    private readonly FrozenDictionary<ulong, int> beginnings;

    /// <summary>Builds the table and tells each code which starred one it falls back to.</summary>
    /// <param name="codes">All different; digits, or digits and a star.</param>
    /// <param name="parents">Out: positions of the next shorter match, or <see cref="PrefixTable.None"/>.</param>
    public ShortCodeTable(IReadOnlyList<string> codes, out int[] parents)
    {
        whole = Table(codes, isBeginning: false);
        beginnings = Table(codes, isBeginning: true);
        parents = new int[codes.Count];
        for (var i = 0; i < codes.Count; i++)
        {
            var marked = Marked(codes[i]);
            parents[i] = FindBeginning(codes[i].EndsWith('*') ? marked / 10 : marked);
        }
    }

    /// <summary>The best match for digits behind a leading 1, or <see cref="PrefixTable.None"/>.</summary>
    public int Find(ulong marked) => whole.TryGetValue(marked, out var node) ? node : FindBeginning(marked);

    private int FindBeginning(ulong marked)
    {
        if (beginnings.Count == 0) return PrefixTable.None;
        for (; marked > 1; marked /= 10)
            if (beginnings.TryGetValue(marked, out var node)) return node;
        return PrefixTable.None;
    }

    private static FrozenDictionary<ulong, int> Table(IReadOnlyList<string> codes, bool isBeginning) =>
        Enumerable.Range(0, codes.Count)
            .Where(i => codes[i].EndsWith('*') == isBeginning)
            .ToFrozenDictionary(i => Marked(codes[i]));

    private static ulong Marked(string code)
    {
        var marked = 1UL;
        foreach (var c in code)
            if (c != '*') marked = marked * 10 + (ulong)(c - '0');
        return marked;
    }
}
