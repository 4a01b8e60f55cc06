using System.ComponentModel;
using Billing.Usage.Comparison;

namespace Billing.Usage.Endpoints;

/// <summary>Carriers in two periods.</summary>
sealed record CarrierComparisonView(
    DateOnly From,
    [property: Description("Last day, included.")] DateOnly To,
    DateOnly EarlierFrom,
    [property: Description("Last day, included.")] DateOnly EarlierTo,
    IReadOnlyList<ComparedCarrier> Carriers)
{
    public static CarrierComparisonView Of(CarrierComparison found) =>
        new(found.Period.From, found.Period.To!.Value.AddDays(-1), found.Earlier.From, found.Earlier.To!.Value.AddDays(-1), found.Carriers);
}
