namespace Billing.Invoicing.Verification;

/// <summary>Something that must never be, found by <see cref="BooksCheck"/>.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Message">What, where, by how much.</param>
public sealed record Finding(string Code, string Message);
