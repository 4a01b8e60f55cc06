using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Billing.Tenancy.Users;

namespace Billing.Access.Identity;

/// <summary>
/// A code that stands in for the second factor once. Sixteen letters and digits, 80 bits: enough that a plain hash keeps it, so that it can be
/// looked for instead of trying each.
/// </summary>
internal static class RecoveryCode
{
    // Without the letters and digits that are taken for each other.
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz0";
    private const int Length = 16;

    public static string Make() => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(4).Select(part => new string(part)));

    /// <summary>However it was typed: capitals, spaces and dashes make no difference.</summary>
    public static byte[] Hash(PersonId person, string code) => SHA256.HashData(Encoding.UTF8.GetBytes(
        person.Value.ToString(CultureInfo.InvariantCulture) + ":" + new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)])));
}
