namespace Billing.Invoicing.BillingRuns;

/// <summary>A run as stored.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Fields">Its four fields.</param>
/// <param name="Status">How far it is.</param>
/// <param name="DraftHash">Hash of the draft that was made last; approval binds to it.</param>
/// <param name="DraftedAt">When that was.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="CompletedAt">When it was done.</param>
public sealed record BillingRun(
    BillingRunId Id, BillingRunFields Fields, BillingRunStatus Status, string? DraftHash, DateTimeOffset? DraftedAt, DateTimeOffset? RequestedAt, string? RequestedBy, DateTimeOffset? CompletedAt);
