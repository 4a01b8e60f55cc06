namespace Billing.Usage.Endpoints;

/// <summary>A carrier's files, described.</summary>
/// <param name="Document">The description, JSON as text; remarks in it are kept.</param>
sealed record CarrierBody(string Document);
