using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>What one destination costs, between two dates.</summary>
public sealed record Rate
{
    /// <summary>What the rate is found by.</summary>
    public required RateKeyKind KeyKind { get; init; }

    /// <summary>The prefix's digits, the charge code, or the short code.</summary>
    public required string Key { get; init; }

    /// <summary>The destination as an invoice names it.</summary>
    public required string Destination { get; init; }

    /// <summary>True: costs nothing whatever the defaults say (freephone, emergency, helplines).</summary>
    public bool IsFree { get; init; }

    /// <summary>Price of 60 seconds, major units; null on a free rate and where only <see cref="RateTerms.PerCall"/> counts.</summary>
    public BandPrice? PerMinute { get; init; }

    /// <summary>What this rate says besides its price per minute.</summary>
    public RateTerms Terms { get; init; } = RateTerms.Unsaid;

    /// <summary>First day it is in force, in the tariff's zone; null: ever since.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First day it is <b>not</b> in force any more; null: until further notice.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The days it is in force.</summary>
    public DateInterval InForce => new(From ?? DateOnly.MinValue, To);

    /// <summary>For messages: <c>prefix 447624</c>.</summary>
    public string Label => $"{NameOf(KeyKind)} {Key}";

    internal static string NameOf(RateKeyKind kind) => kind switch
    {
        RateKeyKind.Prefix => "prefix",
        RateKeyKind.ChargeCode => "charge code",
        _ => "short code",
    };
}
