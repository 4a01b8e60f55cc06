namespace Billing.Usage.Endpoints;

/// <summary>How many calls a decision was about.</summary>
sealed record MovedCallsView(int Calls);
