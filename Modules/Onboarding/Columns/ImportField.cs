namespace Billing.Onboarding.Columns;

/// <summary>Something a row of a kind of file can say.</summary>
/// <param name="Name">Its name in addresses, mappings and messages of Billing: <c>accountNumber</c>. The domain's failures name the same field.</param>
/// <param name="Title">As a person reads it.</param>
/// <param name="Help">What is written there, with an example.</param>
/// <param name="IsRequired">Whether a column must be it.</param>
/// <param name="Synonyms">Headers that are taken for it without asking, besides name and title; compared without case, spaces and punctuation.</param>
public sealed record ImportField(string Name, string Title, string Help, bool IsRequired, params IReadOnlyList<string> Synonyms);
