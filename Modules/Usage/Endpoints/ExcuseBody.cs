using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>A late file that will not come.</summary>
sealed record ExcuseBody([property: Description("The start of its hour, day or month, as it is listed.")] DateTimeOffset Slot, [property: Description("The reason; it is kept.")] string Why);
