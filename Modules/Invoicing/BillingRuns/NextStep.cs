namespace Billing.Invoicing.BillingRuns;

/// <summary>One step of a run as the Next Steps panel shows it.</summary>
/// <param name="Name">Stable: <c>dates</c>, a gate's name, <c>draft</c>, <c>request</c>, <c>post</c>, <c>print</c>.</param>
/// <param name="Title">For a person.</param>
/// <param name="State">Whether it is done, its turn, in the way, or to come.</param>
/// <param name="Facts">What is known, in a sentence.</param>
/// <param name="Page">Where its work is done: an address that begins with <c>~/</c>; null where it is this page.</param>
/// <param name="Confirmation">Who confirmed it, where it is confirmed by a person.</param>
/// <param name="Blocks">Why it can't be done yet; empty when nothing is in the way.</param>
public sealed record NextStep(string Name, string Title, NextStepState State, string Facts, string? Page, GateConfirmation? Confirmation, IReadOnlyList<string> Blocks);
