namespace Billing.Usage.Mapping;

/// <summary>
/// Which column is what. Of calls, start or end, a called number, and a duration or a quantity must be there; of recurring charges a start and a cost, and
/// <c>from</c>, <c>identity</c> or both say what they are for.
/// </summary>
public sealed record MappedFields
{
    /// <summary>When the call began.</summary>
    public MappedTime? Start { get; init; }

    /// <summary>When it ended; used only where there is no start. Of a recurring charge its last day.</summary>
    public MappedTime? End { get; init; }

    /// <summary>True when <see cref="End"/> of a recurring charge is the day after its last one.</summary>
    public bool IsEndExcluded { get; init; }

    /// <summary>How long it was answered.</summary>
    public MappedDuration? Duration { get; init; }

    /// <summary>The calling number.</summary>
    public MappedText? From { get; init; }

    /// <summary>The called number.</summary>
    public MappedText? To { get; init; }

    /// <summary>What the carrier bills: a trunk, circuit or account.</summary>
    public MappedText? Identity { get; init; }

    /// <summary>The carrier's own id of the record.</summary>
    public MappedText? RecordId { get; init; }

    /// <summary>True when several different records may carry one id.</summary>
    public bool IsRecordIdShared { get; init; }

    /// <summary>The carrier's charge code or band.</summary>
    public MappedText? ChargeCode { get; init; }

    /// <summary>The carrier's words for the destination.</summary>
    public MappedText? Description { get; init; }

    /// <summary>What the carrier charges, without VAT.</summary>
    public MappedCost? Cost { get; init; }

    /// <summary>The cost's currency.</summary>
    public MappedText? Currency { get; init; }

    /// <summary>Whether the call was answered; without it every call was.</summary>
    public MappedChoice? Answered { get; init; }

    /// <summary>Whether the call came in; without it every call went out.</summary>
    public MappedChoice? Inbound { get; init; }

    /// <summary>Whether the line is a message; without it none is.</summary>
    public MappedChoice? Sms { get; init; }

    /// <summary>Whether the line is data; without it none is.</summary>
    public MappedChoice? Data { get; init; }

    /// <summary>How many messages, or how much data.</summary>
    public MappedQuantity? Quantity { get; init; }

    internal IEnumerable<MappedColumn> AllColumns()
    {
        foreach (var time in (MappedTime?[])[Start, End])
        {
            if (time is null) continue;
            yield return time.Column;
            if (time.TimeColumn is { } clock) yield return clock;
        }
        foreach (var text in (MappedText?[])[From, To, Identity, RecordId, ChargeCode, Description, Currency])
            foreach (var column in text?.All ?? []) yield return column;
        foreach (var choice in (MappedChoice?[])[Answered, Inbound, Sms, Data])
            if (choice?.Column is { } column) yield return column;
        foreach (var column in Cost?.All ?? []) yield return column;
        if (Duration is not null) yield return Duration.Column;
        if (Quantity is not null) yield return Quantity.Column;
    }
}
