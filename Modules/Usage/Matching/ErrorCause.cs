using System.Security.Cryptography;
using System.Text;

namespace Billing.Usage.Matching;

/// <summary>One root cause of billing errors.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Subject">With what; empty where the cause is about nothing in particular.</param>
public sealed record ErrorCause(string Code, string Subject)
{
    /// <summary>Names the cause in an address: its subject may be somebody's number, which belongs into no address, log or browser history.</summary>
    public string Key => KeyOf(Code, Subject);

    internal static string KeyOf(string code, string subject) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code + "\n" + subject))[..12]);
}
