namespace Billing.Api.Answers;

/// <summary>
/// An example of an endpoint's use, shown in the reference and executed by a test against a small reseller that has account <c>A001</c>,
/// CDR file 1, billing run 1 and invoice <c>INV-000001</c>.
/// </summary>
/// <param name="Path">The address below <c>/api/v1</c>, with its values in place.</param>
/// <param name="Body">What is sent, as an anonymous object; null for nothing. A text is sent as it is, as a file.</param>
public sealed record ApiExample(string Path, object? Body = null)
{
    /// <summary>The version a change means, sent as <c>If-Match</c>; null for none.</summary>
    public int? IfMatch { get; init; }
}
