using Billing.Abstractions.Cdr;

namespace Billing.Usage.Mapping;

/// <summary>A duration and its unit.</summary>
public sealed record MappedDuration
{
    /// <summary>The column.</summary>
    public MappedColumn Column { get; init; }

    /// <summary>Seconds, where nothing is said.</summary>
    public CdrDurationUnit Unit { get; init; }
}
