namespace Billing.Usage.Endpoints;

/// <summary>How many lines of charges changed their state.</summary>
sealed record ChargeMovedView(int Lines);
