namespace Billing.Onboarding.Columns;

/// <summary>A kind of file that records are taken from.</summary>
/// <param name="Id">Its name in addresses: <c>customers</c>.</param>
/// <param name="Title">As a person reads it: <c>Customers</c>.</param>
/// <param name="Lead">What it is for, in a sentence.</param>
/// <param name="Fields">What a row can say.</param>
/// <param name="Example">A small file of this kind, CSV, as documentation and to begin with.</param>
public sealed record ImportKind(string Id, string Title, string Lead, IReadOnlyList<ImportField> Fields, string Example)
{
    /// <summary>A field by its name.</summary>
    public ImportField Field(string name) => Fields.First(f => f.Name == name);
}
