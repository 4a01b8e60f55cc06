using System.ComponentModel;
using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>Something that was done about causes, in the API.</summary>
sealed record MendingView(
    long Id,
    [property: Description("again, assign, rate, tariff; retry for what tried itself again after somebody changed something.")] string Kind,
    IReadOnlyList<CauseView> Causes, DateTimeOffset At, string By, long Tried, long Cleared,
    [property: Description("Errors that became others.")] long NewErrors, decimal Worth, bool CanBeUndone, DateTimeOffset? UndoneAt, string? UndoneBy, long? Returned)
{
    public static MendingView Of(Mending one, bool isWhole) => new(
        one.Id, one.Kind, [.. one.Causes.Select(cause => CauseView.Of(cause, isWhole))], one.At, one.By, one.Tried, one.Cleared, one.Moved, one.Worth, one.CanBeUndone, one.UndoneAt, one.UndoneBy, one.Returned);
}
