using Billing.Abstractions.Cdr;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>
/// All rates of a kind (calls, messages, data) by what they are found by. Rates with one key form a node, and a node knows the shorter key that it falls back to
/// when none of its rates is in force, so that effective dates need no table of their own.
/// </summary>
sealed class RateIndex
{
    private readonly CompiledRate[] rates;                  // by node, latest first
    private readonly Node[] nodes;
    private readonly PrefixTable prefixes;
    private readonly ShortCodeTable shortCodes;
    private readonly ChargeCodeTable chargeCodes;
    private readonly int firstShortCode;
    private readonly int firstChargeCode;
    private readonly int anyNode = PrefixTable.None;

    public RateIndex(IReadOnlyList<Rate> source, CdrKind ofKind, Func<int, CompiledRate> compile)
    {
        rates = new CompiledRate[source.Count(rate => rate.Kind == ofKind)];
        var filled = 0;
        var built = new List<Node>();

        var prefixKeys = AddNodes(RateKeyKind.Prefix);
        firstShortCode = built.Count;
        var shortCodeKeys = AddNodes(RateKeyKind.ShortCode);
        firstChargeCode = built.Count;
        var chargeCodeKeys = AddNodes(RateKeyKind.ChargeCode);
        if (AddNodes(RateKeyKind.Any).Count > 0) anyNode = built.Count - 1;

        prefixes = new PrefixTable(prefixKeys, out var prefixParents);
        shortCodes = new ShortCodeTable(shortCodeKeys, out var shortCodeParents);
        chargeCodes = new ChargeCodeTable(chargeCodeKeys);
        nodes = [.. built];
        for (var i = 0; i < prefixParents.Length; i++) nodes[i] = nodes[i] with { Parent = prefixParents[i] };
        for (var i = 0; i < shortCodeParents.Length; i++)
            if (shortCodeParents[i] >= 0)
                nodes[firstShortCode + i] = nodes[firstShortCode + i] with { Parent = firstShortCode + shortCodeParents[i] };

        List<string> AddNodes(RateKeyKind kind)
        {
            var keys = new List<string>();
            var groups = Enumerable.Range(0, source.Count)
                .Where(i => source[i].Kind == ofKind && source[i].KeyKind == kind)
                .GroupBy(i => source[i].Key, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal);
            foreach (var group in groups)
            {
                built.Add(new Node(PrefixTable.None, filled, group.Count(), (byte)group.Key.Length));
                keys.Add(group.Key);
                foreach (var i in group.OrderByDescending(i => source[i].From ?? DateOnly.MinValue)) rates[filled++] = compile(i);
            }
            return keys;
        }
    }

    /// <summary>A rate by its position in this index.</summary>
    public ref readonly CompiledRate this[int rate] => ref rates[rate];

    /// <summary>The rate that prices the call, or -1; then <paramref name="isKnown"/> tells whether its destination is known at all.</summary>
    public int Find(in CallToRate call, long second, bool preferChargeCode, out bool isKnown)
    {
        isKnown = false;
        int found;
        if (preferChargeCode)
        {
            found = FindByChargeCode(call.ChargeCode, second, ref isKnown);
            if (found < 0) found = FindByNumber(call.To, second, ref isKnown);
        }
        else
        {
            found = FindByNumber(call.To, second, ref isKnown);
            if (found < 0) found = FindByChargeCode(call.ChargeCode, second, ref isKnown);
        }
        return found >= 0 || anyNode < 0 ? found : FindInForce(anyNode, byte.MaxValue, second, ref isKnown);
    }

    private int FindByChargeCode(ReadOnlySpan<byte> code, long second, ref bool isKnown)
    {
        var node = chargeCodes.Find(code);
        return node < 0 ? PrefixTable.None : FindInForce(firstChargeCode + node, byte.MaxValue, second, ref isKnown);
    }

    private int FindByNumber(DialledNumber to, long second, ref bool isKnown)
    {
        if (to.IsShortCode)
        {
            var node = shortCodes.Find(to.MarkedShortCode);
            return node < 0 ? PrefixTable.None : FindInForce(firstShortCode + node, byte.MaxValue, second, ref isKnown);
        }
        if (to.IsUnset) return PrefixTable.None;
        var longest = prefixes.Find(to.E164Digits, out var digitCount);
        return FindInForce(longest, digitCount, second, ref isKnown);
    }

    private int FindInForce(int node, int digitCount, long second, ref bool isKnown)
    {
        for (; node >= 0; node = nodes[node].Parent)
        {
            ref readonly var candidate = ref nodes[node];
            if (candidate.KeyLength > digitCount) continue;     // longer than the number: the digits beyond it only look equal
            isKnown = true;
            for (var rate = candidate.FirstRate; rate < candidate.FirstRate + candidate.RateCount; rate++)
                if (rates[rate].IsInForceAt(second)) return rate;
        }
        return PrefixTable.None;
    }

    private readonly record struct Node(int Parent, int FirstRate, int RateCount, byte KeyLength);
}
