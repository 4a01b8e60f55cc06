using Billing.Screens;
using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>A cause in the API; numbers are shown whole to those who may mend.</summary>
sealed record CauseView(string Key, string Code, string Subject)
{
    public static CauseView Of(ErrorCause cause, bool isWhole) => new(cause.Key, cause.Code, isWhole ? cause.Subject : MaskedText.Of(cause.Subject) ?? "");
}
