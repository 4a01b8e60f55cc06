using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Matching;

/// <summary>What matching and rating know of a call, whether it comes from a file or from the database.</summary>
/// <param name="StartedAt">The instant.</param>
/// <param name="Direction">Decides which end pays.</param>
/// <param name="Caller">The calling number as <c>+44...</c>, or the file's text where it is no number; null when there is none.</param>
/// <param name="Called">The called number in the same way.</param>
/// <param name="Circuit">The carrier's billing identity; null when there is none.</param>
/// <param name="Seconds">Answered seconds.</param>
/// <param name="ChargeCode">The carrier's charge code, or null.</param>
/// <param name="Cost">The carrier's charge, or null.</param>
/// <param name="CostCurrency">Its currency; unset when the file names none.</param>
public readonly record struct CallFacts(
    DateTimeOffset StartedAt,
    CallDirection Direction,
    string? Caller,
    string? Called,
    string? Circuit,
    int Seconds,
    string? ChargeCode,
    decimal? Cost,
    Currency CostCurrency)
{
    /// <summary>A call, messages or data: each has rates of its own.</summary>
    public CdrKind Kind { get; init; }

    /// <summary>Messages, or bytes; not looked at for a call.</summary>
    public long Quantity { get; init; }
}
