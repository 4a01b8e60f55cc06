namespace Billing.Rating.Engine;

/// <summary>The price of one call, or the reason why it has none.</summary>
public readonly record struct CallCharge
{
    /// <summary>A charge that no rate is behind, in <see cref="RateIndex"/>.</summary>
    public const int NoRate = -1;

    private readonly long billable;
    private readonly Sort sort;
    private readonly byte band;

    internal CallCharge(RatingError error)
    {
        Error = error;
        RateIndex = NoRate;
    }

    internal CallCharge(decimal charge, int rateIndex, int bandIndex, int billableSeconds)
    {
        Charge = charge;
        RateIndex = rateIndex;
        band = (byte)bandIndex;
        billable = billableSeconds;
    }

    private CallCharge(Sort sort, decimal charge, decimal access, int rateIndex, int bandIndex, long billable)
    {
        this.sort = sort;
        this.billable = billable;
        Charge = charge;
        AccessCharge = access;
        RateIndex = rateIndex;
        band = (byte)bandIndex;
    }

    // There are a hundred bands at most. The type is kept small: it is returned for every call.
    private enum Sort : byte { Plain, Parts, Quantity }

    internal static CallCharge OfParts(decimal charge, decimal access, int rateIndex, int bandIndex, int billableSeconds) =>
        new(Sort.Parts, charge, access, rateIndex, bandIndex, billableSeconds);

    internal static CallCharge OfQuantity(decimal charge, int rateIndex, int bandIndex, long quantity) => new(Sort.Quantity, charge, 0, rateIndex, bandIndex, quantity);

    /// <summary>Why there is no charge; <see cref="RatingError.None"/> when there is one. Look here first.</summary>
    public RatingError Error { get; }

    /// <summary>True when there is a charge.</summary>
    public bool IsRated => Error == RatingError.None;

    /// <summary>
    /// In the tariff's currency, major units; negative for a reversal. A multiple of the rounding unit where the tariff rounds
    /// calls, exact (up to 28 digits) where it rounds lines. Zero when there is an error: never read it then.
    /// </summary>
    public decimal Charge { get; private init; }

    /// <summary>True for a call to a number with a service charge: <see cref="Charge"/> is two parts, and a bill shows them apart (N5).</summary>
    public bool HasParts => sort == Sort.Parts;

    /// <summary>The access charge, rounded by itself; 0 where a charge has no parts.</summary>
    public decimal AccessCharge { get; private init; }

    /// <summary>The service charge, rounded by itself; 0 where a charge has no parts. With the access charge it is <see cref="Charge"/>.</summary>
    public decimal ServiceCharge => HasParts ? Charge - AccessCharge : 0;

    /// <summary>Messages, or bytes after each session is rounded up; 0 for a call and where nothing was charged.</summary>
    public long BillableQuantity => sort == Sort.Quantity ? billable : 0;

    /// <summary>Position in <see cref="RateCards.Tariff.Rates"/>; <see cref="NoRate"/> when the cost mark-up or nothing priced the call.</summary>
    public int RateIndex { get; }

    /// <summary>Position in <see cref="RateCards.Tariff.TimeBands"/> of the band in which the call started.</summary>
    public int BandIndex => band;

    /// <summary>Seconds after free seconds and intervals; 0 where nothing was charged by the second.</summary>
    public int BillableSeconds => sort == Sort.Quantity ? 0 : (int)billable;

    /// <summary>What takes this very charge back: for a reversal whose original is known (R16).</summary>
    /// <exception cref="InvalidOperationException">There is no charge to take back.</exception>
    public CallCharge Reverse() => IsRated
        ? this with { Charge = Turn(Charge), AccessCharge = Turn(AccessCharge) }
        : throw new InvalidOperationException($"A call that failed ({Error}) has no charge to reverse.");

    /// <summary>The other sign; but a decimal zero has a sign as well, and nobody wants to read -0.00.</summary>
    internal static decimal Turn(decimal amount) => 0m - amount;
}
