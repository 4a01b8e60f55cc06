namespace Billing.Usage.CarrierCharges;

/// <summary>What matching charges again does, or would do.</summary>
/// <param name="Changed">Lines that change in any way.</param>
/// <param name="Allocated">Lines of these whose owner is found.</param>
/// <param name="Worth">Their amounts together, credits subtracted.</param>
/// <param name="Lost">Lines that had an owner and have none any more.</param>
public sealed record ChargeMatchOutcome(int Changed, int Allocated, decimal Worth, int Lost);
