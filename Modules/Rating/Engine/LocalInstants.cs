namespace Billing.Rating.Engine;

/// <summary>
/// The instants that a reading of a civil clock can mean (T2): one as a rule, two in the hour that an autumn night repeats, none
/// in the hour that a spring night leaves out.
/// </summary>
/// <param name="Count">0, 1 or 2.</param>
/// <param name="Earlier">The instant, the earlier of two; where there is none, the one that the clock would have shown unchanged
/// ("shift forward"): a caller takes it only if its declared policy says so.</param>
/// <param name="Later">The later of two; else the same as <paramref name="Earlier"/>. UTC, like the other.</param>
public readonly record struct LocalInstants(int Count, DateTimeOffset Earlier, DateTimeOffset Later)
{
    /// <summary>The clock showed this time twice.</summary>
    public bool IsAmbiguous => Count == 2;

    /// <summary>The clock never showed this time.</summary>
    public bool IsInvalid => Count == 0;
}
