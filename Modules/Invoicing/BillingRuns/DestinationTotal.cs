namespace Billing.Invoicing.BillingRuns;

/// <summary>A run's calls to one destination added up.</summary>
/// <param name="Destination">As the tariff calls it.</param>
/// <param name="Calls">How many, free ones included.</param>
/// <param name="Seconds">Answered time.</param>
/// <param name="Charge">What they are charged at, with all decimals.</param>
public sealed record DestinationTotal(string Destination, long Calls, long Seconds, decimal Charge);
