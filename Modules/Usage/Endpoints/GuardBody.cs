using System.ComponentModel;
using Billing.Usage.Guards;

namespace Billing.Usage.Endpoints;

/// <summary>How far a carrier's file may be from those before it. A limit that is left out is not asked.</summary>
sealed record GuardBody(
    [property: Description("The carrier, as its format names it.")] string Carrier,
    [property: Description("So many files before it are the measure: those of its weekday where there are three, else those of its kind. 3 to 60.")] int Files,
    [property: Description("Most percent that the number of lines may be off, up or down.")] int? LinesPercent = null,
    [property: Description("Most percent that the cost may be off.")] int? CostPercent = null,
    [property: Description("Most percent that the cost of a minute may be off.")] int? PricePercent = null)
{
    public VolumeGuard Guard => new(Carrier?.Trim() ?? "", Files, LinesPercent, CostPercent, PricePercent);
}
