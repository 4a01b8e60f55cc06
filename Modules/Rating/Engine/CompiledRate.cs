using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>A rate as the pricing loop reads it: small, because a deck has hundreds of thousands; what rates share stands elsewhere once.</summary>
/// <param name="FromSecond">First second in force, since 1970 in UTC.</param>
/// <param name="ToSecond">First second not in force any more.</param>
/// <param name="Position">Position in the document.</param>
/// <param name="PerMinuteAt">Where its prices begin in the price pool, one a band; -1: none.</param>
/// <param name="Terms">Position of its terms.</param>
readonly record struct CompiledRate(long FromSecond, long ToSecond, int Position, int PerMinuteAt, int Terms)
{
    public bool IsInForceAt(long second) => second >= FromSecond && second < ToSecond;
}

/// <summary>Terms with the defaults worked in and nothing left unsaid.</summary>
sealed record CompiledTerms
{
    public CompiledTerms(bool isFree, RateTerms terms, Func<BandPrice?, int> pool)
    {
        IsFree = isFree;
        ConnectionAt = pool(terms.Connection);
        PerCallAt = pool(terms.PerCall);
        FirstSeconds = terms.FirstSeconds ?? 1;
        NextSeconds = terms.NextSeconds ?? 1;
        FreeSeconds = terms.FreeSeconds ?? 0;
        MinimumSeconds = terms.MinimumSeconds ?? 0;
        Minimum = terms.Minimum ?? 0;
        MinimumIncludesConnection = terms.MinimumIncludesConnection ?? true;
        HasMaximum = terms.Maximum is not null;
        Maximum = terms.Maximum ?? 0;
        MaximumIncludesConnection = terms.MaximumIncludesConnection ?? true;
    }

    public bool IsFree { get; }
    public int ConnectionAt { get; }
    public int PerCallAt { get; }
    public int FirstSeconds { get; }
    public int NextSeconds { get; }
    public int FreeSeconds { get; }
    public int MinimumSeconds { get; }
    public decimal Minimum { get; }
    public bool MinimumIncludesConnection { get; }
    public bool HasMaximum { get; }
    public decimal Maximum { get; }
    public bool MaximumIncludesConnection { get; }

    /// <summary>R2: the first interval, then whole steps. Not for a duration of zero.</summary>
    public int Billable(int seconds)
    {
        if (seconds <= FirstSeconds) return FirstSeconds;
        if (NextSeconds == 1) return seconds;
        var steps = (seconds - FirstSeconds + NextSeconds - 1) / NextSeconds;
        return FirstSeconds + steps * NextSeconds;
    }
}
