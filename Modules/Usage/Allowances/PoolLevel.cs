using Billing.Rating.Allowances;

namespace Billing.Usage.Allowances;

/// <summary>How full a pool is, in one measure.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Size">What it holds for the period.</param>
/// <param name="Used">What was drawn.</param>
public sealed record PoolLevel(AllowanceMeasure Measure, decimal Size, decimal Used)
{
    /// <summary>What is left.</summary>
    public decimal Left => Size - Used;
}
