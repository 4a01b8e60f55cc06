namespace Billing.Invoicing.Documents;

/// <summary>Calls to one destination.</summary>
public sealed record DestinationUsage(string Destination, int Calls, long Seconds, decimal Charge);
