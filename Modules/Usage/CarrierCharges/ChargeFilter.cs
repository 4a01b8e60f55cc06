namespace Billing.Usage.CarrierCharges;

/// <summary>Which of the carriers' charges are asked for; what is null is not asked.</summary>
/// <param name="Search">Words in service, product, description, account or file.</param>
/// <param name="State">One of <see cref="ChargeState"/>.</param>
/// <param name="FileId">Lines of one file.</param>
/// <param name="Month">Lines for days of this month.</param>
public sealed record ChargeFilter(string? Search = null, string? State = null, long? FileId = null, DateOnly? Month = null)
{
    /// <summary>False leaves the carriers' numbers out of the search: what somebody may not see can't be searched for either.</summary>
    public bool SearchesNumbers { get; init; } = true;

    /// <summary>Lines of one cause.</summary>
    public ChargeCause? Cause { get; init; }

    /// <summary>Lines behind one decision.</summary>
    public long? RulingId { get; init; }
}
