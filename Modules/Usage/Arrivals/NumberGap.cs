namespace Billing.Usage.Arrivals;

/// <summary>Numbers that are missing between those of files that came.</summary>
/// <param name="First">The first missing one.</param>
/// <param name="Last">The last missing one; the same where it is one.</param>
public sealed record NumberGap(long First, long Last);
