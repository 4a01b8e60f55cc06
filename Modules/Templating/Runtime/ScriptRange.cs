using System.Collections;

namespace Billing.Templating.Runtime;

/// <summary><c>from..to</c>: never stored, only counted through, upwards or downwards.</summary>
sealed class ScriptRange(long from, long to, bool inclusive) : IEnumerable<object?>
{
    public long Length { get; } = Distance(from, to) + (inclusive ? 1 : 0);

    public object At(long index) => Numbers.Fit(from <= to ? from + index : from - index);

    public IEnumerator<object?> GetEnumerator()
    {
        for (long i = 0; i < Length; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long Distance(long from, long to)
    {
        var distance = (System.Numerics.BigInteger)to - from;
        if (distance.Sign < 0) distance = -distance;
        return distance < long.MaxValue - 1
            ? (long)distance
            : throw new ValueException(TemplateErrorCodes.LimitSize, "The range is too long.");
    }
}
