using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>
/// One version of everything an account's calls are priced by. Born only from <see cref="TariffReader"/> or <see cref="RateSheet"/>,
/// so one that exists has passed every check: its bands cover the week once, no two of its rates can claim one call.
/// </summary>
public sealed class Tariff
{
    internal Tariff() { }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence for colleagues; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>What every price is counted in, major units.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The civil clock of time bands, holidays and effective dates.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>How a charge is rounded.</summary>
    public required TariffRounding Rounding { get; init; }

    /// <summary>Which band prices a call that runs over a boundary.</summary>
    public required BandPricing BandPricing { get; init; }

    /// <summary>
    /// True: a charge code that the call carries and the tariff knows is asked first, then the dialled number. False: the other
    /// way round. The carrier knows ported numbers, a prefix does not.
    /// </summary>
    public required bool PreferChargeCode { get; init; }

    /// <summary>At least one; a price per band is in this order.</summary>
    public required IReadOnlyList<TimeBand> TimeBands { get; init; }

    /// <summary>Days that follow the pattern of the day "holiday"; null when the tariff has no calendar.</summary>
    public HolidayCalendar? Holidays { get; init; }

    /// <summary>What to do with a call that no rate prices; null: it is an error.</summary>
    public CostMarkup? CostMarkup { get; init; }

    /// <summary>What a mark-up, of a rate or the last one, makes of a cost of zero and of a credit.</summary>
    public required CostRules CostRules { get; init; }

    /// <summary>What comes on top of a service charge; null when no rate is one.</summary>
    public AccessCharge? AccessCharge { get; init; }

    /// <summary>How data is counted; null when no rate prices data.</summary>
    public DataUnit? Data { get; init; }

    /// <summary>Set when it is sold to consumers.</summary>
    public ConsumerTerms? Consumers { get; init; }

    /// <summary>What it was made from by entering only differences; null when it was entered whole.</summary>
    public TariffBase? ResolvedFrom { get; init; }

    /// <summary>Terms of every rate for calls that does not say otherwise and is no service charge.</summary>
    public required RateTerms Defaults { get; init; }

    /// <summary>The rates, in the document's order.</summary>
    public required IReadOnlyList<Rate> Rates { get; init; }

    /// <summary>The rates as lists show them: by what they are found by, then letter for letter. Always the same for the same document.</summary>
    public IEnumerable<Rate> InOrder => Rates.OrderBy(rate => rate.KeyKind).ThenBy(rate => rate.Key, StringComparer.Ordinal);

    /// <summary>The same frame with other rates, and with other terms and another access charge where they are given; the caller has checked them.</summary>
    internal Tariff With(IReadOnlyList<Rate> rates, RateTerms? defaults = null, AccessCharge? access = null) => new()
    {
        Name = Name,
        Description = Description,
        Currency = Currency,
        TimeZone = TimeZone,
        Rounding = Rounding,
        BandPricing = BandPricing,
        PreferChargeCode = PreferChargeCode,
        TimeBands = TimeBands,
        Holidays = Holidays,
        CostMarkup = CostMarkup,
        CostRules = CostRules,
        AccessCharge = access ?? AccessCharge,
        Data = Data,
        Consumers = Consumers,
        ResolvedFrom = ResolvedFrom,
        Defaults = defaults ?? Defaults,
        Rates = rates,
    };
}
