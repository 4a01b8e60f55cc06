namespace Billing.Host.Demo;

/// <summary>A line, a trunk, a seat group, a broadband connection.</summary>
/// <param name="Label">What the customer calls it, unique within the account.</param>
/// <param name="Site">Name of one of the account's sites, or null.</param>
/// <param name="Assignments">Its numbers and circuits.</param>
/// <param name="Usage">The calls it makes.</param>
sealed record DemoService(string Label, string? Site, IReadOnlyList<DemoAssignment> Assignments, IReadOnlyList<DemoUsage> Usage);
