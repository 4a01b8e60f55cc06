using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>Why calls are not billed.</summary>
sealed record ExcludeBody(
    [property: Description("For whoever asks later; kept with them.")] string Why,
    [property: Description("Excludes calls of this cause that come later too, up to and including this day, by the day of the call; left out for those that are here.")] DateOnly? Until = null);
