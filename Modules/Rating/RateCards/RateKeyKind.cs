namespace Billing.Rating.RateCards;

/// <summary>What a rate is found by.</summary>
public enum RateKeyKind
{
    /// <summary>The first digits of an E.164 number, country code first; the longest in force wins.</summary>
    Prefix,

    /// <summary>The carrier's code for the kind of call, letter for letter.</summary>
    ChargeCode,

    /// <summary>
    /// A number dialled as it is (999, 118500), all of it; or its first digits and a star (116*). Never compared with the digits
    /// of an E.164 number.
    /// </summary>
    ShortCode,

    /// <summary>Nothing: whatever of its kind no other rate prices. Only for data, which often has no number; a call to nowhere is an error.</summary>
    Any,
}
