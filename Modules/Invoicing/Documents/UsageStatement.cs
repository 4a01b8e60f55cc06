using System.Text.Json.Serialization;

namespace Billing.Invoicing.Documents;

/// <summary>The calls of an invoice.</summary>
/// <param name="Period">Days from the first call to the cutoff.</param>
/// <param name="Calls">How many, free ones included.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Charge">Sum of the single charges, with all their decimals.</param>
/// <param name="Billed">The same rounded to the coin, by service: what the usage lines add up to.</param>
/// <param name="IsItemised">False when the customer asked for no single calls: the lists of calls are empty then.</param>
/// <param name="Destinations">By destination, dearest first.</param>
/// <param name="Services">By service, each with its calls.</param>
/// <param name="FreeCalls">Calls that cost nothing; calls to free numbers are counted here and never listed.</param>
/// <param name="LateCalls">Calls of an earlier period that the carrier reported late.</param>
/// <param name="CoveredCalls">Calls that cost nothing because an allowance covers them; they are listed.</param>
/// <param name="Allowances">What is used and left of allowances and spend caps; null where the account has none.</param>
public sealed record UsageStatement(
    PrintedPeriod Period,
    int Calls,
    long Seconds,
    decimal Charge,
    decimal Billed,
    bool IsItemised,
    IReadOnlyList<DestinationUsage> Destinations,
    IReadOnlyList<ServiceUsage> Services,
    int FreeCalls,
    int LateCalls,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CoveredCalls = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AllowanceStatement>? Allowances = null);
