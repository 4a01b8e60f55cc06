using Billing.Abstractions.Values;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// One call, message or data session as the carrier reports it. Lives on the stack and points into the file's buffer, so a
/// million of them cost no allocation; whoever wants to keep one copies what it needs.
/// </summary>
/// <remarks>Public fields, not properties, so that a format can fill them with <c>out</c> parameters straight from a line.</remarks>
#pragma warning disable CA1051 // Said above: the fields are the point of the type.
public ref struct CallDetailRecord
{
    /// <summary>Line of the file where the record starts, counted from 1. Formats on lines need not set it.</summary>
    public long LineNumber;

    /// <summary>How many lines of the file this one record stands for; more than 1 only for joined records. 0 counts as 1.</summary>
    public int LineCount;

    /// <summary>Tokens of the lines of earlier files that are part of this call (<see cref="CdrEarlierLine"/>); set by the base class.</summary>
    public ReadOnlySpan<long> Earlier;

    /// <summary>The carrier's own id of the record, the only safe way to know a duplicate; empty when there is none.</summary>
    public ReadOnlySpan<byte> RecordId;

    /// <summary>
    /// True when several different records of a file may carry the same <see cref="RecordId"/> (legs of one call): the host then
    /// tells duplicates by id, parties, start, duration and outcome together.
    /// </summary>
    public bool IsRecordIdShared;

    /// <summary>Start of the call. Leave unset when the file has only the end: the host subtracts the duration.</summary>
    public CdrTime StartedAt;

    /// <summary>End of the call; used only where <see cref="StartedAt"/> is unset.</summary>
    public CdrTime EndedAt;

    /// <summary>Which way the call went, seen from the reseller's customer.</summary>
    public CallDirection Direction;

    /// <summary>The calling party.</summary>
    public CdrParty From;

    /// <summary>The called party, as billed: the dialled destination of an outbound call.</summary>
    public CdrParty To;

    /// <summary>
    /// What the carrier bills: a trunk, circuit, account or ICCID. Empty when there is nothing but the calling number. Who pays
    /// is decided by this first, because a presented number can be anything.
    /// </summary>
    public ReadOnlySpan<byte> Identity;

    /// <summary>False for busy, failed and unanswered attempts: kept, never charged.</summary>
    public bool IsAnswered;

    /// <summary>Answered (billable) seconds, a fraction rounded up. Ring time is not in it.</summary>
    public int DurationSeconds;

    /// <summary>Voice, SMS or data.</summary>
    public CdrKind Kind;

    /// <summary>1 for voice, messages for SMS, bytes for data.</summary>
    public long Quantity;

    /// <summary>The carrier's charge code or band; rates by charge code look it up as it stands. Empty when there is none.</summary>
    public ReadOnlySpan<byte> ChargeCode;

    /// <summary>The carrier's text for the destination; empty when there is none.</summary>
    public ReadOnlySpan<byte> Description;

    /// <summary>
    /// What the carrier charges the reseller, without VAT, in major units; null when the file has no price. Negative for a reversal.
    /// </summary>
    public decimal? Cost;

    /// <summary>The cost's currency; unset when the file names none.</summary>
    public Currency Currency;

    /// <summary>An ordinary answered outbound voice record with everything else empty: where a format starts.</summary>
    public static CallDetailRecord Voice() => new() { IsAnswered = true, Quantity = 1, LineCount = 1 };
}
#pragma warning restore CA1051
