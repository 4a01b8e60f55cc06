namespace Billing.Rating.RateCards;

/// <summary>
/// Everything of a rate besides its price per minute. Null means "as the tariff's defaults say", and where those are silent
/// too, the value named with each member.
/// </summary>
public sealed record RateTerms
{
    /// <summary>Nothing said.</summary>
    public static RateTerms Unsaid { get; } = new();

    /// <summary>Added once to every charged call (set-up fee), by the band of its start. Unsaid: none.</summary>
    public BandPrice? Connection { get; init; }

    /// <summary>A price for the call as such, counted with the usage and not with the connection charge. Unsaid: none.</summary>
    public BandPrice? PerCall { get; init; }

    /// <summary>Shortest duration charged, seconds, at least 1. Together with <see cref="NextSeconds"/>; one of rate and defaults must say them.</summary>
    public int? FirstSeconds { get; init; }

    /// <summary>Step in which duration is charged after the first interval, seconds, at least 1.</summary>
    public int? NextSeconds { get; init; }

    /// <summary>Seconds at the start of a call that cost nothing; the intervals begin after them. Unsaid: 0.</summary>
    public int? FreeSeconds { get; init; }

    /// <summary>A call shorter than this is free altogether. Unsaid: 0.</summary>
    public int? MinimumSeconds { get; init; }

    /// <summary>The least a charged call costs. Unsaid: no minimum.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>True: usage and connection together reach the minimum. False: the usage alone must. Unsaid: true.</summary>
    public bool? MinimumIncludesConnection { get; init; }

    /// <summary>The most a call costs. Unsaid: no maximum.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>True: usage and connection together stay under the maximum. False: the usage alone. Unsaid: true.</summary>
    public bool? MaximumIncludesConnection { get; init; }

    /// <summary>These terms, and the other's where these say nothing.</summary>
    public RateTerms Or(RateTerms other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this == Unsaid ? other : new()
        {
            Connection = Connection ?? other.Connection,
            PerCall = PerCall ?? other.PerCall,
            FirstSeconds = FirstSeconds ?? other.FirstSeconds,
            NextSeconds = NextSeconds ?? other.NextSeconds,
            FreeSeconds = FreeSeconds ?? other.FreeSeconds,
            MinimumSeconds = MinimumSeconds ?? other.MinimumSeconds,
            Minimum = Minimum ?? other.Minimum,
            MinimumIncludesConnection = MinimumIncludesConnection ?? other.MinimumIncludesConnection,
            Maximum = Maximum ?? other.Maximum,
            MaximumIncludesConnection = MaximumIncludesConnection ?? other.MaximumIncludesConnection,
        };
    }
}
