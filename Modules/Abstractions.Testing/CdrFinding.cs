namespace Billing.Abstractions.Testing;

/// <summary>Something that a format does otherwise than the contract asks.</summary>
/// <param name="Rule">Which rule, in a few words that stay the same: <c>lines</c>, <c>chopped</c>, <c>broken-line</c>, ...</param>
/// <param name="Message">What was seen, and where.</param>
public sealed record CdrFinding(string Rule, string Message)
{
    /// <summary>Rule and message.</summary>
    public override string ToString() => $"{Rule}: {Message}";
}
