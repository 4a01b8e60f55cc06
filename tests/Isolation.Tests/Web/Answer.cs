using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Isolation.Tests.Web;

/// <summary>What came back.</summary>
sealed partial record Answer(HttpStatusCode Status, string? Location, string? MediaType, string Text, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>
    /// Body and headers, to be looked through; without what is encrypted, which begins with the mark of data protection. It tells nobody anything, and by chance has any
    /// four letters in it.
    /// </summary>
    public string Everything => Encrypted().Replace(Text + "\n" + string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}")), "encrypted");

    /// <summary>True when the caller is sent to sign in, or an operator to where they ask to be let in.</summary>
    public bool IsToSignIn => Status == HttpStatusCode.Redirect && Location is { } to && (to.Split('?')[0].EndsWith("/sign-in", StringComparison.Ordinal) || to.StartsWith("/operator/tenants/", StringComparison.Ordinal));

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]{20,}")]
    private static partial Regex Encrypted();
}
