namespace Billing.Rating.Engine;

/// <summary>Why a call has no charge. Each has a stable code, see <see cref="RatingErrors.CodeOf"/>.</summary>
public enum RatingError : byte
{
    /// <summary>None: there is a charge.</summary>
    None,

    /// <summary><c>rating.unknown-destination</c>: neither the charge code nor any prefix or short code of the tariff matches.</summary>
    UnknownDestination,

    /// <summary><c>rating.no-rate</c>: the destination is known, but none of its rates is in force at the start of the call.</summary>
    NoRate,

    /// <summary><c>rating.no-number</c>: the call has no dialled number and no charge code that the tariff knows.</summary>
    NoNumber,

    /// <summary><c>rating.no-cost</c>: no rate prices the call, and the carrier's cost, to which a mark-up could be added, is missing.</summary>
    NoCost,

    /// <summary><c>rating.currency</c>: the carrier's cost is in another currency than the tariff. Nothing is converted silently.</summary>
    Currency,

    /// <summary><c>rating.bad-duration</c>: longer than a year, or negative with a positive cost.</summary>
    BadDuration,

    /// <summary><c>rating.bad-cost</c>: a thousand million or more.</summary>
    BadCost,

    /// <summary><c>rating.bad-quantity</c>: fewer than no messages or bytes, or more than anybody can send.</summary>
    BadQuantity,

    /// <summary><c>rating.zero-cost</c>: the price is the cost and a mark-up, the cost is zero, and the tariff takes that for an error.</summary>
    ZeroCost,
}
