namespace Billing.Api.Reference;

/// <summary>A parameter or a member of a body, as the reference shows it.</summary>
sealed record ReferenceField(string Name, string Kind, bool IsRequired, string? About);
