using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>A rate as the pricing loop reads it: small, because a deck has hundreds of thousands; what rates share stands elsewhere once.</summary>
/// <param name="FromSecond">First second in force, since 1970 in UTC.</param>
/// <param name="ToSecond">First second not in force any more.</param>
/// <param name="Position">Position in the document.</param>
/// <param name="UnitPriceAt">Where its prices for a minute, a message or a megabyte begin in the price pool, one a band; -1: none.</param>
/// <param name="Terms">Position of its terms.</param>
readonly record struct CompiledRate(long FromSecond, long ToSecond, int Position, int UnitPriceAt, int Terms)
{
    public bool IsInForceAt(long second) => second >= FromSecond && second < ToSecond;
}

/// <summary>Terms with the defaults worked in and nothing left unsaid.</summary>
sealed record CompiledTerms
{
    public CompiledTerms(bool isFree, RateTerms terms, Func<BandPrice?, int> pool, int stagesAt = -1, bool isService = false, decimal? costPlusPercent = null)
    {
        IsFree = isFree;
        StagesAt = stagesAt;
        IsService = isService;
        IsCostPlus = costPlusPercent is not null;
        CostPlusPercent = costPlusPercent ?? 0;
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

    /// <summary>Which list of stages prices the seconds; -1: one price for all of them.</summary>
    public int StagesAt { get; }

    /// <summary>The price is a service charge: the tariff's access charge comes on top.</summary>
    public bool IsService { get; }
    public bool IsCostPlus { get; }
    public decimal CostPlusPercent { get; }
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
    public int Billable(int seconds) => Billable(seconds, FirstSeconds, NextSeconds);

    /// <summary>The same for any pair.</summary>
    public static int Billable(int seconds, int first, int next)
    {
        if (seconds <= first) return first;
        if (next == 1) return seconds;
        var steps = (seconds - first + next - 1) / next;
        return first + steps * next;
    }
}
