using System.ComponentModel;
using Billing.Screens;
using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>A cause of billing errors in the API. Numbers are shown whole to those who may mend, and by their last four digits to others, as on the page.</summary>
sealed record ErrorView(
    [property: Description("Names the cause in addresses.")] string Key, string Code, string Subject, string Message, long Calls, long Seconds,
    [property: Description("What carriers charge for them, one sum a currency: at least this much money is at stake.")] IReadOnlyList<MoneyView> Costs,
    long CallsWithoutCost, string FirstFile, long FirstFileId, long FirstLine, DateTimeOffset? FirstCallAt,
    [property: Description("True where mending something and pricing again can help.")] bool CanBeRerated)
{
    public static ErrorView Of(ErrorGroup group, bool isWhole) => new(
        group.Cause.Key, group.Code, isWhole ? group.Subject : MaskedText.Of(group.Subject) ?? "", isWhole ? group.Message : MaskedText.Of(group.Message) ?? "", group.Calls, group.Seconds, MoneyView.Of(group.Stake),
        group.Stake.CallsWithoutCost, group.FirstFile, group.FirstFileId, group.FirstLine, group.FirstCallAt, group.CanBeRerated);
}
