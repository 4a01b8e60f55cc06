using System.ComponentModel;
using Billing.Screens;
using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>A cause of billing errors in the API. Numbers are shown whole to those who may mend, and by their last four digits to others, as on the page.</summary>
sealed record ErrorView(
    [property: Description("Names the cause in addresses.")] string Key, string Code, string Subject, string Message, long Calls, long Seconds,
    [property: Description("What the carrier charges for them: at least this much money is at stake.")] decimal Cost,
    long CallsWithoutCost, string FirstFile, long FirstFileId, long FirstLine, DateTimeOffset? FirstCallAt,
    [property: Description("True where mending something and pricing again can help.")] bool CanBeRerated)
{
    public static ErrorView Of(ErrorGroup group, bool isWhole) => new(
        group.Cause.Key, group.Code, isWhole ? group.Subject : MaskedText.Of(group.Subject) ?? "", isWhole ? group.Message : MaskedText.Of(group.Message) ?? "", group.Calls, group.Seconds, group.Cost,
        group.CallsWithoutCost, group.FirstFile, group.FirstFileId, group.FirstLine, group.FirstCallAt, group.CanBeRerated);
}
