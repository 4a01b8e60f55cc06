namespace Billing.Tenancy.Audit;

/// <summary>
/// Something done that no changed row tells of: a sign-in, an export, a request. Changed rows note themselves (triggers on the tables).
/// </summary>
/// <param name="Action">What was done, a verb in the past tense with its area in front: <c>people.signed-in</c>, <c>run.requested</c>.</param>
/// <param name="Subject">What it was done to: a kind of thing, for example <c>billing-run</c>.</param>
/// <param name="Key">Which one: members of its key. Serialized as JSON.</param>
/// <param name="Details">Anything a reader will ask for later; null for nothing. Never a secret. Serialized as JSON.</param>
public sealed record Deed(string Action, string Subject, object Key, object? Details = null);
