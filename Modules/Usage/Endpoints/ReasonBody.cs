using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>Why something is left out for good.</summary>
sealed record ReasonBody([property: Description("For whoever asks later; kept with it.")] string Why);
