namespace Billing.Usage.RatedCalls;

/// <summary>The lines of one day that are in one state.</summary>
/// <param name="Day">On the tenant's clock; null where the lines have no time.</param>
/// <param name="State">As <c>usage.call</c> names it.</param>
/// <param name="Calls">Calls, or lines that are none.</param>
/// <param name="Lines">Lines of the file.</param>
/// <param name="Seconds">Talked.</param>
/// <param name="Cost">What the carrier says they cost.</param>
/// <param name="Charge">What the customers pay.</param>
internal sealed record DaySum(DateOnly? Day, string State, long Calls, long Lines, long Seconds, decimal Cost, decimal Charge);
