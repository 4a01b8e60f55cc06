namespace Billing.Host.Demo;

/// <summary>
/// The demo's dice: PCG32 (XSH-RR, M. O'Neill 2014), 64 bits of state, integers only. Written out here because System.Random's sequence is
/// nobody's promise and floating point functions differ between machines: one seed must give one set of bytes everywhere.
/// </summary>
sealed class DemoRandom
{
    private readonly ulong increment;
    private ulong state;

    /// <param name="seed">Chosen by the person who runs the demo.</param>
    /// <param name="stream">What is diced, for example <c>names</c>. Streams of one seed are independent, so that a new name changes no call.</param>
    public DemoRandom(ulong seed, string stream)
    {
        increment = (Fnv(stream) << 1) | 1;
        Next();
        state += seed;
        Next();
    }

    /// <summary>32 random bits.</summary>
    public uint Next()
    {
        var old = state;
        state = unchecked(old * 6364136223846793005UL + increment);
        var shifted = unchecked((uint)(((old >> 18) ^ old) >> 27));
        var turn = (int)(old >> 59);
        return (shifted >> turn) | (shifted << (-turn & 31));
    }

    /// <summary>0 to <paramref name="bound"/>, the bound not included; every value equally likely.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var reject = unchecked((uint)-bound) % (uint)bound;
        while (true)
        {
            var bits = Next();
            if (bits >= reject) return (int)(bits % (uint)bound);
        }
    }

    /// <summary>One of the values from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>The position of one of the weights, the heavier the likelier.</summary>
    public int PickByWeight(ReadOnlySpan<int> weights)
    {
        var sum = 0;
        foreach (var weight in weights) sum += weight;
        var left = Below(sum);
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }
        throw new InvalidOperationException("The weights sum to more than themselves.");
    }

    /// <summary>Capital hexadecimal digits.</summary>
    public string Hex(int digits) => string.Create(digits, this, static (text, random) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = "0123456789ABCDEF"[random.Below(16)];
    });

    /// <summary>Puts the items into another order (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Fnv(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = unchecked((hash ^ c) * 1099511628211UL);
        return hash;
    }
}
