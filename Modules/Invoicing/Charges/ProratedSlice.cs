using Billing.Abstractions.Values;

namespace Billing.Invoicing.Charges;

/// <summary>One period, or part of one, of a recurring charge.</summary>
/// <param name="Period">The days charged for.</param>
/// <param name="Days">Their number, as the proration basis counts it.</param>
/// <param name="Of">Days of the whole period on the same basis.</param>
/// <param name="Amount">Rounded to the asked decimals.</param>
public sealed record ProratedSlice(DateInterval Period, int Days, int Of, decimal Amount)
{
    /// <summary>True when less than the whole period is charged.</summary>
    public bool IsPart => Days < Of;
}
