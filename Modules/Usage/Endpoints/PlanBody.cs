using System.ComponentModel;
using Billing.Usage.Arrivals;

namespace Billing.Usage.Endpoints;

/// <summary>A file that a carrier is expected to send again and again.</summary>
sealed record PlanBody(
    [property: Description("The carrier, as its format names it.")] string Carrier,
    [property: Description("What people call these files.")] string Label,
    ArrivalEvery Every,
    [property: Description("Minutes from the end of the hour, day or month a file is about until it must be here; at most 44640.")] int DueMinutes,
    [property: Description("The first day that is expected.")] DateOnly FromOn,
    [property: Description("A regular expression for the whole name; its groups date and number say which hour, day or month a file is about, and which are missing.")] string? NamePattern = null,
    [property: Description("How date is written, for example yyyyMMdd.")] string? DateForm = null)
{
    public ArrivalTerms Terms => new(Carrier?.Trim() ?? "", Label?.Trim() ?? "", Every, DueMinutes, FromOn, string.IsNullOrWhiteSpace(NamePattern) ? null : NamePattern, string.IsNullOrWhiteSpace(DateForm) ? null : DateForm);
}
