namespace Billing.Usage.Import;

/// <summary>When a call started, for sure or after a ruling.</summary>
/// <param name="Instant">The instant, in UTC; <c>default</c> when the record has no time.</param>
/// <param name="Doubt">Whether the clock reading left a choice.</param>
public readonly record struct CdrInstant(DateTimeOffset Instant, CdrTimeDoubt Doubt)
{
    /// <summary>True when the record has no time.</summary>
    public bool IsUnset => Instant == default;

    /// <summary>True when the clock reading left a choice; people are shown such calls marked.</summary>
    public bool IsDoubtful => Doubt != CdrTimeDoubt.None;
}
