using System.Net;

namespace Billing.Isolation.Tests.Web;

/// <summary>What came back.</summary>
sealed record Answer(HttpStatusCode Status, string? Location, string? MediaType, string Text, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Body and headers, to be looked through.</summary>
    public string Everything => Text + "\n" + string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}"));

    /// <summary>True when the caller is sent to sign in, or an operator to where they ask to be let in.</summary>
    public bool IsToSignIn => Status == HttpStatusCode.Redirect && Location is { } to && (to.Split('?')[0].EndsWith("/sign-in", StringComparison.Ordinal) || to.StartsWith("/operator/tenants/", StringComparison.Ordinal));
}
