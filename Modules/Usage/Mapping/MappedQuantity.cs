namespace Billing.Usage.Mapping;

/// <summary>A number of messages or an amount of data, and its unit.</summary>
public sealed record MappedQuantity
{
    /// <summary>The column.</summary>
    public MappedColumn Column { get; init; }

    /// <summary>How many bytes one of it is: 1, 1000, 1024, 1000000, 1048576. Messages are counted as they are.</summary>
    public long BytesEach { get; init; } = 1;
}
