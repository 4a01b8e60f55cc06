using System.ComponentModel;
using Billing.Screens;
using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>Calls that somebody took out of billing, in the API.</summary>
sealed record ExclusionView([property: Description("Names it in addresses.")] string Key, DateTimeOffset At, string By, string Why, string Code, string Subject, long Calls, IReadOnlyList<MoneyView> Costs, long CallsWithoutCost)
{
    public static ExclusionView Of(Exclusion exclusion, bool isWhole) => new(
        exclusion.Key, exclusion.At, exclusion.By, exclusion.Why, exclusion.Code, isWhole ? exclusion.Subject : MaskedText.Of(exclusion.Subject) ?? "", exclusion.Calls, MoneyView.Of(exclusion.Stake), exclusion.Stake.CallsWithoutCost);
}
