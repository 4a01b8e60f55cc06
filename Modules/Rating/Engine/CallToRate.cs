using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Rating.Engine;

/// <summary>What pricing needs to know of one call, message or data session. Lives on the stack; the charge code may point into a file's buffer.</summary>
public readonly ref struct CallToRate
{
    /// <summary>The longest call priced, seconds (a year). More is a broken record and is refused.</summary>
    public const int LongestDurationSeconds = 366 * 86_400;

    /// <summary>The instant the call was answered; decides rate, band and day (R8). Any offset: it is the instant that counts.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The dialled number or short code; may be unset where the carrier gives a charge code.</summary>
    public DialledNumber To { get; init; }

    /// <summary>
    /// Answered seconds, whole: fractions were rounded up before (R1). 0: kept, not charged. Negative: a reversal of a call that long.
    /// </summary>
    public required int DurationSeconds { get; init; }

    /// <summary>A call, messages or data; only rates of the same kind price it.</summary>
    public CdrKind Kind { get; init; }

    /// <summary>Messages, or bytes both ways together; not looked at for a call. 0: kept, not charged.</summary>
    public long Quantity { get; init; }

    /// <summary>The most messages or bytes of one record (a thousand terabytes). More is a broken record and is refused.</summary>
    public const long LargestQuantity = 1_000_000_000_000_000;

    /// <summary>The carrier's charge code, UTF-8, without spaces around; empty when there is none.</summary>
    public ReadOnlySpan<byte> ChargeCode { get; init; }

    /// <summary>What the carrier charges for the call, major units; null when unknown. Negative: the carrier takes a call back (R16).</summary>
    public decimal? Cost { get; init; }

    /// <summary>Currency of <see cref="Cost"/>; unset: the tariff's own.</summary>
    public Currency CostCurrency { get; init; }
}
