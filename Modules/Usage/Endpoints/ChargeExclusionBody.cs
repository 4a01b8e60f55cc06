using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>Why charges are nobody's.</summary>
sealed record ChargeExclusionBody(
    [property: Description("For whoever asks later; kept with it.")] string Why,
    [property: Description("Charges that begin on this day or later, also in later files; leave it out for the lines that are there, and no others.")] DateOnly? From = null);
