namespace Billing.Usage.CarrierCharges;

/// <summary>What lines of carriers' charges come to.</summary>
/// <param name="Parts">By state and currency.</param>
public sealed record ChargeSums(IReadOnlyList<ChargeSum> Parts)
{
    /// <summary>Lines of all states.</summary>
    public long Lines => Parts.Sum(p => p.Lines);

    /// <summary>Lines of one state.</summary>
    public long LinesOf(string state) => Parts.Where(p => p.State == state).Sum(p => p.Lines);

    /// <summary>The currencies of the amounts, by code.</summary>
    public IReadOnlyList<string> Currencies => [.. Parts.Select(p => p.Currency).Where(c => c.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The amounts of one state in one currency.</summary>
    public decimal AmountOf(string state, string currency) => Parts.Where(p => p.State == state && p.Currency == currency).Sum(p => p.Amount);

    /// <summary>All amounts in one currency: what the carrier's invoice should come to. Duplicates count, for the carrier charges them in its file.</summary>
    public decimal AmountIn(string currency) => Parts.Where(p => p.Currency == currency).Sum(p => p.Amount);
}
