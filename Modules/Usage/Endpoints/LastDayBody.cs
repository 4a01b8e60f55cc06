using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>When something ends.</summary>
sealed record LastDayBody([property: Description("The last day.")] DateOnly Through);
