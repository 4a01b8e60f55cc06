namespace Billing.Api.Reference;

/// <summary>An operation as the reference shows it.</summary>
/// <param name="Id">Its name, as clients have it.</param>
/// <param name="Method">GET, POST, ...</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Summary">What it does.</param>
/// <param name="About">What it needs.</param>
/// <param name="Parameters">In the address and in headers.</param>
/// <param name="Body">Members of the body; empty where there is none or it is a file.</param>
/// <param name="Statuses">What it may answer.</param>
/// <param name="Example">A command line that uses it; a test executes the same.</param>
sealed record ReferenceOperation(
    string Id, string Method, string Path, string Summary, string? About, IReadOnlyList<ReferenceField> Parameters, IReadOnlyList<ReferenceField> Body, IReadOnlyList<string> Statuses, string Example);
