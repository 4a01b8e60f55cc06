namespace Billing.Abstractions.Cdr;

/// <summary>What a header, trailer or file name says the file holds. Only what is set is compared.</summary>
/// <param name="Records">Number of records, bad ones included.</param>
/// <param name="Seconds">Sum of the durations.</param>
/// <param name="Cost">Sum of the costs, in major units.</param>
public sealed record CdrTotals(long? Records = null, long? Seconds = null, decimal? Cost = null);
