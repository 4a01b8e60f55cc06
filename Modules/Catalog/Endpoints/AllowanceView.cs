using Billing.Catalog.Allowances;
using Billing.Rating.Allowances;

namespace Billing.Catalog.Endpoints;

/// <summary>An allowance in the API.</summary>
sealed record AllowanceView(
    string Code, string Name, string Pool, decimal? Seconds, decimal? Messages, decimal? Bytes, decimal? Calls, decimal? Money, IReadOnlyList<string> Kinds, IReadOnlyList<string> Destinations, IReadOnlyList<string> Except,
    string Crossing, bool CountsActual, bool ChargesConnection, int? LongestSeconds, string FirstPeriod, DateOnly? RetiredOn, int Version)
{
    public static AllowanceView Of(StoredAllowance stored)
    {
        var allowance = stored.Allowance;
        return new(stored.Code, allowance.Name, AllowanceWords.Of(allowance.Pool), Size(AllowanceMeasure.Seconds), Size(AllowanceMeasure.Messages), Size(AllowanceMeasure.Bytes), Size(AllowanceMeasure.Calls),
            Size(AllowanceMeasure.Money), [.. allowance.Covers.Kinds.Select(AllowanceWords.Of)], allowance.Covers.Destinations, allowance.Covers.Except, AllowanceWords.Of(allowance.Crossing), allowance.CountsActual,
            allowance.ChargesSetup, allowance.LongestSeconds, allowance.FirstPeriod == PartPeriod.Full ? "full" : "prorated", stored.RetiredOn, stored.Version);

        decimal? Size(AllowanceMeasure measure) => allowance.Limits.FirstOrDefault(limit => limit.Measure == measure)?.Size;
    }
}
