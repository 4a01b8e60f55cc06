using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>What one destination costs, between two dates.</summary>
public sealed record Rate
{
    /// <summary>What it prices: calls, messages or data. A call never meets a message's rate.</summary>
    public CdrKind Kind { get; init; }

    /// <summary>What the rate is found by.</summary>
    public required RateKeyKind KeyKind { get; init; }

    /// <summary>The prefix's digits, the charge code, or the short code; empty for <see cref="RateKeyKind.Any"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The destination as an invoice names it.</summary>
    public required string Destination { get; init; }

    /// <summary>True: costs nothing whatever the defaults say (freephone, emergency, helplines).</summary>
    public bool IsFree { get; init; }

    /// <summary>Price of 60 seconds, major units; null on a free rate and where only <see cref="RateTerms.PerCall"/> counts.</summary>
    public BandPrice? PerMinute { get; init; }

    /// <summary>Price of one message; null on any other kind.</summary>
    public BandPrice? PerMessage { get; init; }

    /// <summary>Price of a megabyte, which <see cref="Tariff.Data"/> defines; null on any other kind.</summary>
    public BandPrice? PerMegabyte { get; init; }

    /// <summary>Other prices from later seconds of the call on, in ascending order; empty when the first holds to its end.</summary>
    public IReadOnlyList<RateStage> Stages { get; init; } = [];

    /// <summary>
    /// The range whose service charge this is (<c>084</c>, <c>087</c>, <c>09</c>, <c>118</c>): its prices are the service charge, and the tariff's
    /// access charge comes on top. Null for an ordinary rate.
    /// </summary>
    public string? ServiceRange { get; init; }

    /// <summary>The destination is priced from the carrier's cost with this percentage added, and has no prices of its own; null: it has.</summary>
    public decimal? CostPlusPercent { get; init; }

    /// <summary>What this rate says besides its prices per unit.</summary>
    public RateTerms Terms { get; init; } = RateTerms.Unsaid;

    /// <summary>First day it is in force, in the tariff's zone; null: ever since.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First day it is <b>not</b> in force any more; null: until further notice.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The days it is in force.</summary>
    public DateInterval InForce => new(From ?? DateOnly.MinValue, To);

    /// <summary>For messages: <c>prefix 447624</c>.</summary>
    public string Label => (KeyKind == RateKeyKind.Any ? "any" : $"{NameOf(KeyKind)} {Key}") + Kind switch
    {
        CdrKind.Sms => " for messages",
        CdrKind.Data => " for data",
        _ => "",
    };

    /// <summary>The price of a minute, a message or a megabyte, as the kind has it.</summary>
    internal BandPrice? UnitPrice => Kind switch { CdrKind.Sms => PerMessage, CdrKind.Data => PerMegabyte, _ => PerMinute };

    /// <summary>What makes it the same rate in another version: kind, key and first day.</summary>
    internal (CdrKind, RateKeyKind, string, DateOnly?) Identity => (Kind, KeyKind, Key, From);

    /// <summary>
    /// The terms that price a call. Defaults are the reseller's own terms for calls: they are no part of somebody else's service charge, and a
    /// message has no first minute.
    /// </summary>
    internal RateTerms TermsIn(RateTerms defaults)
    {
        if (IsFree || CostPlusPercent is not null) return RateTerms.Unsaid;
        return ServiceRange is not null || Kind != CdrKind.Voice ? Terms : Terms.Or(defaults);
    }

    internal static string NameOf(RateKeyKind kind) => kind switch
    {
        RateKeyKind.Prefix => "prefix",
        RateKeyKind.ChargeCode => "charge code",
        RateKeyKind.ShortCode => "short code",
        _ => "any",
    };
}
