using System.Text.Json.Serialization;

namespace Billing.Invoicing.Documents;

/// <summary>Calls to one destination.</summary>
/// <param name="Destination">What the tariff calls it.</param>
/// <param name="Calls">How many.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Charge">Sum of the single charges.</param>
/// <param name="CoveredCalls">Those of them that an allowance covers, whole or in part.</param>
public sealed record DestinationUsage(
    string Destination, int Calls, long Seconds, decimal Charge, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CoveredCalls = 0);
