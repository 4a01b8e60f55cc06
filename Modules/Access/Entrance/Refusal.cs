namespace Billing.Access.Entrance;

/// <summary>Why a request was refused with status 403, for the page that says so.</summary>
/// <param name="Permission">What is missing; null when something else is in the way.</param>
/// <param name="Why">That other thing, as a sentence.</param>
public sealed record Refusal(string? Permission, string? Why);
